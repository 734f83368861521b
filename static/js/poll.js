/* Asks the board's address for changes every two seconds while somebody can see it. htmx puts the changed rows in place (out of band);
   this file keeps the revision and one question at a time, has the rows drawn, and says `drawn` when they stand. */
(function () {
  'use strict';
  const EVERY = 2000;
  const HUNG = 10000;
  const RELOAD = 6 * 3600 * 1000;

  function orderOf(xhr) { return (xhr.getResponseHeader('X-Board-Order') || '').split(/[\s,]+/).filter(Boolean); }

  function start(board) {
    let asked = 0, again = false, rows = null; // the rows of the answer that htmx is reading
    function ask() {
      if (document.hidden || !board.isConnected || (asked && performance.now() - asked < HUNG)) return;
      asked = performance.now();
      const url = board.dataset.poll + '?since=' + encodeURIComponent(board.dataset.revision || '');
      htmx.ajax('GET', url, {source: board, swap: 'none'}).catch(function () {});
    }
    function over() {
      asked = 0;
      if (again) { again = false; ask(); }
    }
    function drawn(xhr) {
      const whole = xhr.getResponseHeader('X-Board-Order') === null || BoardRows.arrange(board, orderOf(xhr));
      board.dataset.revision = whole ? xhr.getResponseHeader('X-Board-Revision') : ''; // an unknown revision brings the whole page anew
      document.dispatchEvent(new Event('drawn'));
      if (board.hasAttribute('data-renew') && performance.now() > RELOAD) location.reload();
      over();
    }
    function later() { setTimeout(function () { ask(); later(); }, EVERY * (0.9 + Math.random() * 0.2)); }
    board.addEventListener('htmx:beforeSwap', function (event) {
      if (event.target !== board) return;
      BoardRows.makeRoom(board, orderOf(event.detail.xhr));
      rows = [];
    });
    document.addEventListener('htmx:oobBeforeSwap', function (event) {
      if (!rows) return;
      rows.push(event.detail.fragment.firstElementChild);
      event.detail.shouldSwap = false;
    });
    board.addEventListener('htmx:afterRequest', function (event) {
      const xhr = event.detail.xhr, read = rows || [];
      if (event.target !== board) return;
      rows = null;
      const good = xhr.status === 200 && xhr.getResponseHeader('X-Board-Revision') && !xhr.getResponseHeader('HX-Refresh');
      if (good) BoardRows.draw(read, function () { drawn(xhr); }); else over();
    });
    document.addEventListener('visibilitychange', function () { if (!document.hidden) ask(); });
    // A tap was answered: its row is new, and what is being asked may have been answered before it.
    document.addEventListener('changed', function () { again = asked > 0; ask(); });
    later();
  }
  document.querySelectorAll('[data-poll]').forEach(start);
}());
