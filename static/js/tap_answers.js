/* What the house answers to a tap takes the place of the page; words typed into other forms meanwhile stay in them.
   A refusal is shown until the next tap, also when later taps go through. */
(function () {
  'use strict';
  let refused = false, heard = [];

  function words() {
    const found = {};
    Array.from(document.querySelectorAll('main input[id]:not([type=hidden]), main textarea[id]')).forEach(function (e) {
      if (e.value !== e.defaultValue && !(e.form && heard.indexOf(e.form.getAttribute('action')) >= 0)) found[e.id] = e.value;
    });
    return found;
  }
  function put(found) {
    Object.keys(found).forEach(function (id) {
      const field = document.getElementById(id);
      if (field) field.value = found[id];
    });
  }
  function show(answer) {
    const page = new DOMParser().parseFromString(answer.html, 'text/html');
    if (!document.documentElement.classList.contains('phone') || !page.querySelector('main')) {
      location.assign(answer.refused ? location.href : answer.url);
      return;
    }
    const found = words();
    document.body.parentNode.replaceChild(document.adoptNode(page.body), document.body);
    document.title = page.title;
    const token = page.querySelector('meta[name="csrf-token"]');
    if (token) document.querySelector('meta[name="csrf-token"]').content = token.content;
    history.replaceState(null, '', answer.refused ? location.href : answer.url);
    put(found);
    heard = [];
    document.dispatchEvent(new Event('change')); // fields that depend on others, see forms.js
    window.scrollTo(0, 0); // what came of the tap stands at the top
    const summary = document.querySelector('[data-error-summary]') || document.getElementById('main');
    if (summary) summary.focus();
  }
  document.addEventListener('taps:add', function () { refused = false; });
  document.addEventListener('taps:answer', function (event) {
    const answer = event.detail;
    heard.push(answer.path);
    if (refused || (answer.more && !answer.refused)) return;
    refused = answer.refused;
    show(answer);
  });
}());
