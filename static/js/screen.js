/* A screen that was switched off says so at once and forgets what it showed. */
(function () {
  'use strict';
  document.addEventListener('htmx:afterRequest', function (event) {
    if (event.detail.xhr.status !== 401 || !event.detail.elt.hasAttribute('data-poll')) return;
    document.querySelectorAll('[data-poll], .wall__columns, .wall__figures, .hall__count').forEach(function (e) { e.remove(); });
    document.querySelectorAll('[data-revoked]').forEach(function (e) { e.hidden = false; });
  });
}());
