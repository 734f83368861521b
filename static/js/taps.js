/* Taps on a bad line: kept in order, each with its own key, and sent when the line is back; the house knows the key and takes it once.
   The tab's storage holds only what names nobody (address, verb, key, step, digits). Everything else lives as long as the page. */
(function () {
  'use strict';
  const AGAIN = 4000, PATIENCE = 20000, SHOW = 1500, PLACE = 'taps';
  const queue = read();
  let sending = false;

  function read() {
    try { return JSON.parse(sessionStorage.getItem(PLACE)) || []; } catch (error) { return []; }
  }
  function keep() {
    const plain = queue.filter(function (tap) { return tap.kept; }).map(function (tap) {
      return {path: tap.path, verb: tap.verb, at: tap.at, kept: tap.kept};
    });
    try { sessionStorage.setItem(PLACE, JSON.stringify(plain)); } catch (error) { /* then only while the page is open */ }
    tell('taps:queue', queue);
  }
  function tell(name, detail) { document.dispatchEvent(new CustomEvent(name, {detail: detail})); }
  function later() { sending = false; keep(); setTimeout(send, AGAIN); }

  function send() {
    const tap = queue[0];
    if (!tap || sending) return;
    sending = true;
    const body = new URLSearchParams(tap.body || tap.kept);
    body.set('csrf_token', document.querySelector('meta[name="csrf-token"]').content);
    const stop = window.AbortController ? new AbortController() : {abort: function () { }};
    const patience = setTimeout(function () { stop.abort(); }, PATIENCE);
    fetch(tap.path, {method: 'POST', body: body, credentials: 'same-origin', signal: stop.signal}).then(function (answer) {
      return answer.text().then(function (html) { heard(answer, html); });
    }).catch(function () { tap.waits = true; later(); }).then(function () { clearTimeout(patience); });
  }
  // A busy or broken house has decided nothing: the tap stays. Any other answer is the house's word on it.
  function heard(answer, html) {
    if (answer.status >= 500 || answer.status === 429) { queue[0].waits = true; later(); return; }
    const tap = queue.shift();
    sending = false;
    keep();
    tell('taps:answer', {path: tap.path, url: answer.url, html: html, refused: !answer.ok, more: queue.length > 0});
    tell('taps:queue', queue);
    send();
  }
  document.addEventListener('taps:add', function (event) {
    const tap = event.detail;
    if (queue.some(function (other) { return other.path === tap.path; })) return;
    queue.push(tap);
    keep();
    setTimeout(function () { tap.waits = true; tell('taps:queue', queue); }, SHOW);
    send();
  });
  window.addEventListener('online', send);
  document.addEventListener('DOMContentLoaded', function () {
    queue.forEach(function (tap) { tap.waits = true; });
    tell('taps:queue', queue);
    send();
  });
}());
