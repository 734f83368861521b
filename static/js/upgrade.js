/* After an upgrade the answers name another version than the page was made by: it loads itself again, once for each version, and not
   while something typed stands in it. */
(function () {
  'use strict';
  const KEPT = 'loaded-again-for';
  const made = document.querySelector('meta[name=version]');
  if (!made) return;

  function isTyped(field) {
    if (field.type === 'hidden') return false;
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  }
  function isBusy() {
    return Boolean(document.querySelector('button.htmx-request')) || Array.from(document.querySelectorAll('input, textarea')).some(isTyped);
  }
  function look(version) {
    if (!version || version === made.content || sessionStorage.getItem(KEPT) === version || isBusy()) return;
    sessionStorage.setItem(KEPT, version);
    location.reload();
  }
  document.addEventListener('htmx:afterRequest', function (event) { look(event.detail.xhr.getResponseHeader('X-Board-Version')); });
  document.addEventListener('answered', function (event) { look(event.detail); }); // the code screen asks without htmx
}());
