/* Asks the board's address for changes every two seconds while somebody can see it. htmx puts the changed rows in place (out of band);
   this file keeps the revision, one question at a time, and the order of the rows. */
(function () {
  'use strict';
  const EVERY = 2000;
  const HUNG = 10000;
  const RELOAD = 6 * 3600 * 1000;

  function rowsOf(board) { return board.querySelector('[data-rows]') || board; }
  function orderOf(xhr) { return (xhr.getResponseHeader('X-Board-Order') || '').split(/[\s,]+/).filter(Boolean); }

  // A row that is new here needs a place of its own before htmx can swap it in.
  function makeRoom(board, order) {
    const rows = rowsOf(board);
    order.filter(function (id) { return !document.getElementById(id); }).forEach(function (id) {
      const place = document.createElement(rows.tagName === 'TBODY' ? 'tr' : 'div');
      place.id = id;
      rows.appendChild(place).setAttribute('data-place', '');
    });
  }
  function arrange(board, order) {
    const rows = rowsOf(board);
    const focused = document.activeElement;
    Array.from(rows.children).forEach(function (row) { if (row.id && order.indexOf(row.id) < 0) row.remove(); });
    let next = rows.firstElementChild;
    order.forEach(function (id) {
      const row = document.getElementById(id);
      if (row === next) next = next.nextElementSibling; else if (row) rows.insertBefore(row, next);
    });
    if (rows.contains(focused) && document.activeElement !== focused) focused.focus({preventScroll: true});
    board.querySelectorAll('[data-when-empty]').forEach(function (e) { e.hidden = rows.childElementCount > 0; });
    return !rows.querySelector('[data-place]');
  }

  function start(board) {
    let asked = 0;
    function ask() {
      if (document.hidden || !board.isConnected || (asked && performance.now() - asked < HUNG)) return;
      asked = performance.now();
      const url = board.dataset.poll + '?since=' + encodeURIComponent(board.dataset.revision || '');
      const answered = function () { asked = 0; };
      htmx.ajax('GET', url, {source: board, swap: 'none'}).then(answered, answered);
    }
    function later() { setTimeout(function () { ask(); later(); }, EVERY * (0.9 + Math.random() * 0.2)); }
    board.addEventListener('htmx:beforeSwap', function (event) {
      if (event.target === board) makeRoom(board, orderOf(event.detail.xhr));
    });
    board.addEventListener('htmx:afterRequest', function (event) {
      const xhr = event.detail.xhr;
      if (event.target !== board || xhr.status !== 200 || !xhr.getResponseHeader('X-Board-Revision') || xhr.getResponseHeader('HX-Refresh')) return;
      const whole = xhr.getResponseHeader('X-Board-Order') === null || arrange(board, orderOf(xhr));
      board.dataset.revision = whole ? xhr.getResponseHeader('X-Board-Revision') : ''; // an unknown revision brings the whole page anew
      if (board.hasAttribute('data-renew') && performance.now() > RELOAD) location.reload();
    });
    document.addEventListener('visibilitychange', function () { if (!document.hidden) ask(); });
    document.addEventListener('changed', ask); // a tap was answered: its row is new
    later();
  }
  document.querySelectorAll('[data-poll]').forEach(start);
}());
