/* A closed list is chosen from by the first letters of the sound: wyf finds 物业费. Without this file the list works as usual. */
(function () {
  'use strict';
  const PAUSE = 1200;
  let typed = '', last = 0, where = null;

  function find(list, letters) {
    const options = Array.from(list.options).filter(function (o) { return o.dataset.key; });
    function keyed(test) {
      return options.find(function (o) { return o.dataset.key.split(' ').some(test); });
    }
    return keyed(function (key) { return key === letters; }) || keyed(function (key) { return key.indexOf(letters) === 0; });
  }
  document.addEventListener('keydown', function (event) {
    const list = event.target;
    if (!list.matches || !list.matches('select[data-typeahead]')) return;
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[a-z0-9]$/i.test(event.key)) return;
    const now = Date.now();
    typed = (where === list && now - last < PAUSE ? typed : '') + event.key.toLowerCase();
    last = now;
    where = list;
    const option = find(list, typed);
    // Where no sound fits, the browser's own search by the first letters goes on.
    if (!option) return;
    event.preventDefault();
    if (list.value === option.value) return;
    list.value = option.value;
    list.dispatchEvent(new Event('input', {bubbles: true}));
    list.dispatchEvent(new Event('change', {bubbles: true}));
  });
}());
