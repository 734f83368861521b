/* The print button of a paper. Without this file the browser's own menu prints the same sheet. */
(function () {
  'use strict';
  document.querySelectorAll('[data-print]').forEach(function (button) { button.hidden = false; });
  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) window.print();
  });
}());
