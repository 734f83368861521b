/* The rows of a board: places for new ones, their order, and one drawn after the other. `poll.js` says when. */
window.BoardRows = (function () {
  'use strict';
  function rowsOf(board) { return board.querySelector('[data-rows]') || board; }

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

  // A row holds links and buttons only, so it is put in place as it was read: having htmx swap its text would read it a second time.
  function put(old, row) {
    const focused = old.contains(document.activeElement) && document.activeElement.id;
    row.removeAttribute('hx-swap-oob');
    old.replaceWith(row);
    htmx.process(row);
    htmx.trigger(row, 'htmx:load');
    const again = focused && document.getElementById(focused);
    if (again) again.focus({preventScroll: true});
  }

  // One row after the other, each in a moment of its own: a slow computer stays with whoever is typing.
  let drawing = false;
  function draw(rows, done) {
    drawing = rows.length > 0;
    if (drawing) setTimeout(step, 0, rows, done); else done();
  }
  function step(rows, done) {
    const row = rows.shift();
    const old = row && document.getElementById(row.id);
    drawing = Boolean(row);
    if (!row) return done();
    if (old) put(old, row);
    const next = function () { setTimeout(step, 0, rows, done); };
    if (document.hidden) next(); else requestAnimationFrame(next);
  }
  return {makeRoom: makeRoom, arrange: arrange, draw: draw, isDrawing: function () { return drawing; }};
}());
