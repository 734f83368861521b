/* Forms: sent once, not left by accident, fields shown when they apply. Nothing typed is kept anywhere by the browser's storage. */
(function () {
  'use strict';
  const AGAIN = 15000; // after an answer that never came the button works again; the server recognises a repeated form

  function turn(form, from, to) {
    Array.from(form.elements).filter(function (e) { return e.type === 'submit' && e.matches(from); }).forEach(to);
  }
  function release(form) { turn(form, '[data-sent]', function (b) { b.disabled = false; b.removeAttribute('data-sent'); }); }
  function hold(form) {
    turn(form, ':enabled:not([data-again])', function (b) { b.disabled = true; b.setAttribute('data-sent', ''); });
    setTimeout(release, AGAIN, form);
  }
  function values(scope, name) {
    const named = Array.from(scope.querySelectorAll('[name="' + name + '"]'));
    return named.filter(function (e) { return e.checked || !/^(checkbox|radio)$/.test(e.type); }).map(function (e) { return e.value; });
  }
  function reveal() {
    document.querySelectorAll('[data-shows-when]').forEach(function (part) {
      const rule = part.dataset.showsWhen.split('='), wanted = rule.length > 1 ? rule[1].split('|') : null;
      const found = values(part.closest('form') || document, rule[0]);
      part.hidden = !found.some(function (v) { return wanted ? wanted.indexOf(v) >= 0 : v !== ''; });
    });
  }
  function failed(event) {
    const place = document.getElementById('flash'), answer = event.detail.xhr, asker = event.detail.elt;
    if (!place || asker.matches('[data-poll], [data-reads]')) return;
    if (asker.matches('form[data-guard]')) asker.setAttribute('data-typed', '');
    const ours = answer && answer.getResponseHeader('HX-Retarget') === '#flash'; // no proxy's page
    place.innerHTML = '<p class="notice is-late"></p>';
    const said = ours && new DOMParser().parseFromString(answer.responseText, 'text/html').body.textContent;
    place.firstChild.textContent = said || document.documentElement.dataset.wordFailed;
  }

  document.addEventListener('submit', function (event) {
    const form = event.target; // held back a moment, so that the pressed button's own value is still sent
    form.removeAttribute('data-typed');
    setTimeout(function () { if (!event.defaultPrevented || form.matches('.htmx-request')) hold(form); }, 0);
  });
  document.addEventListener('input', function (event) {
    const form = event.target.closest('form[data-guard]');
    if (form) form.setAttribute('data-typed', '');
  });
  window.addEventListener('beforeunload', function (event) {
    if (document.querySelector('form[data-typed]')) { event.preventDefault(); event.returnValue = ''; }
  });
  window.addEventListener('pageshow', function (event) { if (event.persisted) Array.from(document.forms).forEach(release); });
  ['change', 'htmx:load'].forEach(function (name) { document.addEventListener(name, reveal); });
  document.addEventListener('htmx:configRequest', function (event) {
    const token = document.querySelector('meta[name="csrf-token"]'), place = document.getElementById('flash');
    if (token && event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = token.content;
    if (place && event.detail.verb !== 'get' && !event.detail.elt.matches('[data-reads]')) place.textContent = '';
  });
  document.addEventListener('htmx:afterRequest', function (event) {
    if (!event.detail.elt.matches('[data-poll], [data-reads]')) Array.from(document.forms).forEach(release);
  });
  ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach(function (name) { document.addEventListener(name, failed); });
  document.querySelectorAll('[data-error-summary]').forEach(function (e) { e.focus(); });
  reveal();
}());
