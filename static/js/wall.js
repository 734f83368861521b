/* The number of units that should be there by now grows as limits pass, although nothing is told: counted here. */
(function () {
  'use strict';
  const offset = Date.parse(document.documentElement.dataset.now) - performance.now();
  let shift = isNaN(offset) ? Date.now() - performance.now() : offset;

  function count() {
    const now = shift + performance.now();
    document.querySelectorAll('[data-counts]').forEach(function (place) {
      const passed = place.dataset.moments.split(' ').filter(function (at) { return at && Date.parse(at) <= now; });
      place.textContent = Number(place.dataset.counts) + passed.length;
    });
  }
  document.addEventListener('htmx:afterRequest', function (event) {
    const asOf = Date.parse(event.detail.xhr.getResponseHeader('X-Board-As-Of'));
    if (asOf) shift = asOf - performance.now();
  });
  document.addEventListener('drawn', count);
  setInterval(count, 1000);
  count();
}());
