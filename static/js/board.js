/* The desk's buttons: a tap is sent beside the page, which then asks what changed. Without this file they send an ordinary form.
   A desk that has locked meanwhile sends the tap again as that form: the page that answers asks for the password and keeps it. */
(function () {
  'use strict';
  function values(button) {
    const sent = {};
    sent[button.name] = button.value;
    return sent;
  }
  function sendPage(button) {
    const pressed = document.createElement('input');
    pressed.type = 'hidden';
    pressed.name = button.name;
    pressed.value = button.value;
    button.form.appendChild(pressed);
    button.form.action = button.getAttribute('formaction');
    button.form.submit();
  }
  document.addEventListener('click', function (event) {
    const button = event.target.closest('button[form="act"]');
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true; // the row that comes back has a fresh one
    const again = function () { button.disabled = false; };
    htmx.ajax('POST', button.getAttribute('formaction'), {source: button, swap: 'none', values: values(button)}).then(again, again);
  });
  document.addEventListener('htmx:responseError', function (event) {
    const button = event.detail.elt;
    if (event.detail.xhr.status === 401 && button.form && button.form.id === 'act') sendPage(button);
  });
}());
