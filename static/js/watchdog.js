/* The honest board: says by itself how old its figures are, warns at 10 seconds, greys everything at 30.
   A worker that stays away is amber at once and red after a while, but the figures are true and stay as they are.
   Only a good answer clears it: 2xx, with the time it was read at, not an earlier revision, not the same answer replayed. */
(function () {
  'use strict';
  const STALE = 10, DOWN = 30, WORKER = 30, WHISTLE = 15, PATIENCE = 19;
  const band = document.querySelector('[data-watchdog]');
  const board = document.querySelector('[data-poll]');
  if (!band || !board) return;
  const sentence = band.querySelector('[data-band-text]');
  const count = band.querySelector('[data-band-age]');
  let good = (performance.getEntriesByType('navigation')[0] || {}).responseStart || performance.now();
  let seen = read(board.dataset.revision);
  let asOf = '', worker = 0, whistle = 0, level = '', since = 0;

  function read(revision) {
    const cut = (revision || '').lastIndexOf('-');
    const number = cut < 0 ? NaN : parseInt(revision.slice(cut + 1), 10);
    return isNaN(number) ? null : {epoch: revision.slice(0, cut), number: number};
  }
  function isGood(xhr) {
    const revision = read(xhr.getResponseHeader('X-Board-Revision'));
    const at = xhr.getResponseHeader('X-Board-As-Of');
    if (xhr.status < 200 || xhr.status > 299 || !at || at === asOf || !revision) return false;
    if (seen && seen.epoch === revision.epoch && revision.number < seen.number) return false;
    seen = revision;
    asOf = at;
    return true;
  }
  function levelAt(age) {
    if (age > DOWN) return 'down';
    if (age > STALE) return 'stale';
    return worker > WORKER ? 'worker' : whistle > WHISTLE ? 'whistle' : '';
  }
  function show() {
    const age = Math.max(1, Math.ceil((performance.now() - good) / 1000));
    const now = levelAt(age);
    const old = now === 'down' || now === 'stale';
    document.querySelectorAll('[data-fresh]').forEach(function (place) {
      place.textContent = place.dataset.fresh.replace('{n}', age);
      place.classList.toggle('is-late', now === 'down');
      place.classList.toggle('is-wait', now === 'stale');
    });
    if (count) count.textContent = old ? band.dataset.wordAge.replace('{n}', age) : '';
    band.classList.toggle('band--down', now === 'down' || (now === level && now && !old && performance.now() - since > PATIENCE * 1000));
    if (now === level) return; // the sentence is read aloud once, not every second
    level = now;
    since = performance.now();
    document.documentElement.classList.toggle('board-down', level === 'down');
    sentence.textContent = level ? band.getAttribute('data-word-' + level) : '';
    band.hidden = !sentence.textContent; // visitors are not told about the worker
  }
  document.addEventListener('htmx:afterRequest', function (event) {
    const xhr = event.detail.xhr;
    if (event.detail.elt !== board || !isGood(xhr)) return;
    good = performance.now();
    worker = Number(xhr.getResponseHeader('X-Worker-Age')) || 0;
    whistle = Number(xhr.getResponseHeader('X-Oldest-Whistle-Age')) || 0;
    show();
  });
  setInterval(show, 1000);
}());
