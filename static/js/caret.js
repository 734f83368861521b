/* Who comes back to words that were kept goes on after them, not before. */
(function () {
  'use strict';
  document.querySelectorAll('textarea[autofocus]').forEach(function (e) { e.setSelectionRange(e.value.length, e.value.length); });
}());
