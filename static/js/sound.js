/* Browsers keep quiet until somebody has pressed something. One press is remembered as long as the window is open, so that a screen that
   loads itself again is heard again; where the browser does not let it, the button stays. */
(function () {
  'use strict';
  const KEPT = 'sound';
  const button = document.querySelector('[data-sound]');
  if (!button || !window.AudioContext) return;

  function open(pressed) {
    const context = new AudioContext();
    context.resume().then(function () {
      button.hidden = true;
      sessionStorage.setItem(KEPT, 'on');
      document.dispatchEvent(new CustomEvent('sound', {detail: {context: context, pressed: pressed}}));
    });
  }
  button.hidden = false;
  button.addEventListener('click', function () { open(true); });
  if (sessionStorage.getItem(KEPT)) open(false);
}());
