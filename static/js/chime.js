/* The dispatch room hears what it is not looking at: one short tone for a new whistle, a deeper one when a unit becomes late.
   Whoever became late is also shown: the first page holds those who are late. */
(function () {
  'use strict';
  const WHISTLE = 880, LATE = 523, LONG = .4;
  const late = new Set();
  let context = null;
  let whistles = sounded();

  function sounded() {
    const figures = document.getElementById('wall-figures');
    return figures ? Number(figures.dataset.whistles) : 0;
  }
  // A limit that was moved and passes again is heard again.
  function named(chip) { return [chip.closest('[id]').id, chip.querySelector('b').textContent, chip.dataset.due].join(' '); }
  function isNews(chip) {
    const name = named(chip);
    if (late.has(name)) return false;
    late.add(name);
    return true;
  }
  function tone(pitch, wait) {
    const at = context.currentTime + wait;
    const source = context.createOscillator(), volume = context.createGain();
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(.4, at);
    volume.gain.exponentialRampToValueAtTime(.001, at + LONG);
    source.connect(volume);
    volume.connect(context.destination);
    source.start(at);
    source.stop(at + LONG);
  }
  function look() {
    if (BoardRows.isDrawing()) return; // the figures and the rows of one answer are looked at together
    const more = sounded() > whistles;
    const fallen = Array.from(document.querySelectorAll('.chip.is-late[data-due]')).filter(isNews).length > 0;
    whistles = sounded();
    if (fallen) document.dispatchEvent(new CustomEvent('first-page'));
    if (more && context) tone(WHISTLE, 0);
    if (fallen && context) tone(LATE, more ? LONG : 0);
  }
  document.addEventListener('sound', function (event) {
    context = event.detail.context;
    if (event.detail.pressed) tone(WHISTLE, 0);
  });
  document.addEventListener('drawn', look);
  look();
  setInterval(look, 1000);
}());
