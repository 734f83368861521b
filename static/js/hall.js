/* The hall: a call is spoken once, after somebody has switched the sound on; an expected time that has passed is not shown. */
(function () {
  'use strict';
  const button = document.querySelector('[data-sound]');
  let shift = Date.parse(document.documentElement.dataset.now) - performance.now();
  let spoken = called();
  let sound = false;

  function called() {
    const call = document.getElementById('hall-call');
    return call ? call.dataset.called || '' : '';
  }
  function speak(words) {
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
  if (button && window.speechSynthesis) {
    button.hidden = false;
    button.addEventListener('click', function () {
      sound = true;
      button.hidden = true;
      speak(button.dataset.sound);
    });
  }
  document.addEventListener('htmx:afterRequest', function (event) {
    const asOf = Date.parse(event.detail.xhr.getResponseHeader('X-Board-As-Of'));
    if (asOf) shift = asOf - performance.now();
    look();
  });
  setInterval(look, 1000);
  look();
}());
