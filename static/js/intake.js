/* Enter goes to the next field; on the last one it goes to the button. Ctrl+Enter is the page's main button (keys.js). */
(function () {
  'use strict';
  function stops(form) {
    return Array.from(form.elements).filter(function (e) {
      return !e.disabled && e.type !== 'hidden' && e.offsetParent !== null && !e.closest('details:not([open])');
    });
  }
  document.addEventListener('keydown', function (event) {
    const field = event.target;
    if (event.key !== 'Enter' || event.ctrlKey || event.isComposing || event.defaultPrevented || field.keyCode === 229) return;
    const form = field.form;
    if (!form || !form.hasAttribute('data-enter-next') || !/^(INPUT|SELECT)$/.test(field.tagName)) return;
    const all = stops(form);
    const next = all[all.indexOf(field) + 1];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.select) next.select();
  });
}());
