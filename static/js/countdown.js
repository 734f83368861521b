/* Counts down (data-due), up (data-since) and shows the time of day (data-clock) by the server's time, never by this computer's.
   The server prints a sentence that is true without this file; here it becomes 还剩 7:32, 超时 3:10, 已用 18 分. */
(function () {
  'use strict';
  const root = document.documentElement;
  const loaded = (performance.getEntriesByType('navigation')[0] || {}).responseStart || performance.now();
  const SHANGHAI = 8 * 3600 * 1000; // China keeps one time all year
  let server = Date.parse(root.dataset.now) || Date.now();
  let measured = loaded;
  let turn = 0;

  function now() { return server + performance.now() - measured; }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function span(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(seconds % 60);
  }
  function words(element, name, seconds) {
    const sentence = element.dataset[name] || root.dataset[name] || '{time}';
    return sentence.replace('{time}', span(seconds)).replace('{minutes}', Math.floor(seconds / 60));
  }
  // A changed text has the page laid out anew, which takes an old computer long: what nobody can see has its turn twice a minute.
  function isDue(element, place) {
    const box = element.getBoundingClientRect();
    return (box.bottom >= 0 && box.top <= window.innerHeight) || (place + turn) % 30 === 0;
  }
  function say(element, text) {
    const place = element.querySelector('[data-text]') || element;
    if (place.textContent !== text) place.textContent = text;
  }
  function state(element, name) {
    if (element.classList.contains('is-' + name)) return;
    element.classList.remove('is-info', 'is-mute', 'is-wait', 'is-late');
    element.classList.add('is-' + name);
    const card = name === 'late' && element.closest('[data-hot]');
    if (card) card.classList.add('is-late');
  }
  function countDown(element, at) {
    const due = Date.parse(element.dataset.due);
    const left = Math.ceil((due - at) / 1000);
    const whole = due - Date.parse(element.dataset.from || '') || 20 * 60000;
    say(element, left > 0 ? words(element, 'wordLeft', left) : words(element, 'wordLate', Math.floor((at - due) / 1000)));
    if (left <= 0) state(element, 'late'); else if (left * 4000 <= whole) state(element, 'wait');
  }
  function countUp(element, at) {
    say(element, words(element, 'wordElapsed', Math.max(0, Math.floor((at - Date.parse(element.dataset.since)) / 1000))));
  }
  function show(within) {
    const at = now();
    const local = new Date(at + SHANGHAI).toISOString();
    const counting = Array.from(within.querySelectorAll('[data-due], [data-since]'));
    counting.filter(within === document ? isDue : Boolean).forEach(function (e) { (e.dataset.due ? countDown : countUp)(e, at); });
    within.querySelectorAll('[data-shows-at]').forEach(function (e) { e.hidden = Date.parse(e.dataset.showsAt) > at; });
    within.querySelectorAll('[data-clock]').forEach(function (e) { say(e, local.slice(11, e.dataset.clock === 'minutes' ? 16 : 19)); });
  }
  function run() { turn += 1; show(document); setTimeout(run, 1000 - now() % 1000); }

  document.addEventListener('htmx:load', function (event) {
    const fresh = event.detail.elt;
    show(fresh.matches('[data-due], [data-since], [data-clock]') ? fresh.parentNode : fresh);
  });
  document.addEventListener('htmx:afterRequest', function (event) {
    const asOf = event.detail.xhr && Date.parse(event.detail.xhr.getResponseHeader('X-Board-As-Of'));
    if (asOf) { server = asOf; measured = performance.now(); }
  });
  let moved = 0;
  document.addEventListener('scroll', function () {
    cancelAnimationFrame(moved);
    moved = requestAnimationFrame(function () { show(document); });
  }, {passive: true, capture: true});
  run();
}());
