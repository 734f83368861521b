/* The hall: each call is spoken once, after somebody has switched the sound on; an expected time that has passed is not shown. */
(function () {
  'use strict';
  let shift = Date.parse(document.documentElement.dataset.now) - performance.now();
  let spoken = called();
  let sound = false;

  // The moment of the call: a number that is called again is spoken again.
  function called() {
    const call = document.getElementById('hall-call');
    return call ? call.dataset.called || '' : '';
  }
  function speak(words) {
    if (!window.speechSynthesis) return;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = 'zh-CN';
    window.speechSynthesis.speak(utterance);
  }
  function look() {
    const now = shift + performance.now();
    document.querySelectorAll('[data-until]').forEach(function (place) { place.hidden = Date.parse(place.dataset.until) <= now; });
    const call = called();
    if (call === spoken) return;
    spoken = call;
    if (call && sound) speak(document.getElementById('hall-call').dataset.say);
  }
  document.addEventListener('sound', function (event) {
    sound = true;
    if (event.detail.pressed) speak(document.querySelector('[data-sound]').dataset.sound);
  });
  document.addEventListener('htmx:afterRequest', function (event) {
    const asOf = Date.parse(event.detail.xhr.getResponseHeader('X-Board-As-Of'));
    if (asOf) shift = asOf - performance.now();
  });
  document.addEventListener('drawn', look);
  setInterval(look, 1000);
  look();
}());
