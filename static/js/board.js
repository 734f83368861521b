/* A tap on a desk that has locked meanwhile is sent again as an ordinary form: the page that answers asks for the password and keeps it. */
(function () {
  'use strict';
  document.addEventListener('htmx:responseError', function (event) {
    const button = event.detail.elt;
    const form = button.form;
    if (event.detail.xhr.status !== 401 || !form || form.id !== 'act') return;
    const pressed = document.createElement('input');
    pressed.type = 'hidden';
    pressed.name = button.name;
    pressed.value = button.value;
    form.appendChild(pressed);
    form.action = button.getAttribute('formaction');
    form.submit();
  });
}());
