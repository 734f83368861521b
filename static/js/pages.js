/* A screen on the wall has no scroll wheel: rows that do not fit are shown page by page, and the page number says so. */
(function () {
  'use strict';
  const EVERY = 12000;
  const box = document.querySelector('[data-pages]');
  if (!box) return;
  const note = document.querySelector('[data-page-note]');
  let page = 0;
  let turning = 0;

  // Every row is shown for a moment to be measured; nothing is painted before the others are hidden again.
  function lay() {
    const list = box.querySelector('[data-rows]') || box;
    const rows = Array.from(list.children);
    rows.forEach(function (row) { row.hidden = false; });
    // What stands above the rows, such as the heads of the columns, takes its part.
    const room = box.clientHeight - Math.max(0, list.getBoundingClientRect().top - box.getBoundingClientRect().top);
    let pages = 0, used = 0;
    const at = rows.map(function (row) {
      const height = row.offsetHeight;
      if (used && used + height > room) { pages += 1; used = 0; }
      used += height;
      return pages;
    });
    if (page > pages) page = 0;
    rows.forEach(function (row, i) { row.hidden = at[i] !== page; });
    if (note) note.textContent = pages ? note.dataset.pageNote.replace('{page}', page + 1).replace('{pages}', pages + 1) : '';
  }
  document.addEventListener('drawn', lay);
  window.addEventListener('resize', lay);
  function turnTo(number) {
    page = number;
    lay();
    clearTimeout(turning);
    turning = setTimeout(function () { turnTo(page + 1); }, EVERY);
  }
  document.addEventListener('first-page', function () { turnTo(0); }); // somebody has become late: those stand first
  turnTo(0);
}());
