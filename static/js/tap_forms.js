/* The officer's forms: a submit becomes a tap in the queue, and what waits is shown. Without this file each is an ordinary form. */
(function () {
  'use strict';
  const STEP = 30000;
  const first = performance.getEntriesByType('navigation')[0];
  const loaded = Date.now() - performance.now() + (first ? first.responseStart : performance.now());
  const ahead = Date.parse(document.documentElement.dataset.now) - loaded;

  function typed(field) { return 'defaultValue' in field && field.name !== 'code' && field.type !== 'hidden' && field.value !== field.defaultValue; }
  function kept(form, data) {
    const names = (form.dataset.kept || '').split(' ').filter(Boolean);
    if (!names.length) return null;
    const found = {};
    names.forEach(function (name) { found[name] = data.get(name); });
    return found;
  }
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (!form.dataset.tap || !window.fetch) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    const plain = kept(form, data);
    if (plain && form.dataset.tap === 'arrival') {
      if (plain.code) plain.step = Math.floor((Date.now() + ahead) / STEP);
      if (!Array.from(form.elements).some(typed)) plain.known = '1';
      Object.keys(plain).forEach(function (name) { data.set(name, plain[name]); });
    }
    if (!plain) form.setAttribute('data-typed', ''); // leaving the page asks first, see forms.js
    const tap = {path: form.getAttribute('action'), verb: form.dataset.tap, at: Date.now() + ahead, kept: plain, body: data.toString()};
    document.dispatchEvent(new CustomEvent('taps:add', {detail: tap}));
  });
  function local(at) { return new Date(at + 8 * 3600000).toISOString().slice(11, 16); }
  document.addEventListener('taps:queue', function (event) {
    const place = document.querySelector('[data-taps]');
    const waiting = event.detail.filter(function (tap) { return tap.waits; });
    Array.from(document.querySelectorAll('form[data-tap]')).forEach(function (form) {
      const held = event.detail.some(function (tap) { return tap.path === form.getAttribute('action'); });
      Array.from(form.elements).forEach(function (e) { if (e.type === 'submit') e.disabled = held; });
      if (!held) form.removeAttribute('data-typed');
    });
    if (!place) return;
    place.firstElementChild.hidden = !waiting.length;
    Array.from(place.querySelectorAll('[data-verb]')).forEach(function (line) {
      const tap = waiting.find(function (one) { return one.verb === line.dataset.verb; });
      line.hidden = !tap;
      line.querySelector('[data-at]').textContent = tap ? local(tap.at) : '';
    });
  });
}());
