/* Ticks every row of a list at once, or takes every tick away. Without it the link loads the page again with all of them ticked. */
(function () {
  'use strict';
  function boxes(link) { return Array.from(link.closest('form').querySelectorAll('[name="' + link.dataset.ticks + '"]')); }
  function isFull(link) { return boxes(link).every(function (box) { return box.checked; }); }
  function name(link) { link.textContent = isFull(link) ? link.dataset.wordNone : link.dataset.wordAll; }

  document.addEventListener('click', function (event) {
    const link = event.target.closest('[data-ticks]');
    if (!link) return;
    event.preventDefault();
    const wanted = !isFull(link);
    boxes(link).forEach(function (box) { box.checked = wanted; });
    name(link);
  });
  document.addEventListener('change', function () { document.querySelectorAll('[data-ticks]').forEach(name); });
}());
