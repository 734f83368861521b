/* A screen that was switched off says so at once and forgets what it showed. It goes on asking: if it was a stranger who refused it (a
   gate of the network), the first good answer brings the whole page back. */
(function () {
  'use strict';
  function forget(board) {
    board.innerHTML = '';
    board.hidden = true;
    board.dataset.revision = '';
    document.querySelectorAll('.wall__columns, .wall__figures, .hall__count').forEach(function (e) { e.remove(); });
    document.querySelectorAll('[data-revoked]').forEach(function (e) { e.hidden = false; });
  }
  document.addEventListener('htmx:afterRequest', function (event) {
    const board = event.detail.elt;
    if (event.detail.xhr.status === 401 && board.hasAttribute('data-poll') && !board.hidden) forget(board);
  });
}());
