/* Signing with a finger, a pen or the mouse: the strokes go as whole numbers into a hidden field (models/ink.py).
   Without this file the page says to sign on paper. */
(function () {
  'use strict';
  const pad = document.querySelector('[data-ink]');
  if (!pad) return;
  const canvas = pad.querySelector('canvas');
  const field = pad.querySelector('input[name=ink]');
  const pen = canvas.getContext('2d');
  let strokes = (field.value.match(/M[^M]+/g) || []).map(function (one) {
    return one.slice(1).split('L').map(function (point) { return point.split(' ').map(Number); });
  });
  let stroke = null;

  function draw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 7;
    pen.lineCap = pen.lineJoin = 'round';
    strokes.forEach(function (points) {
      pen.beginPath();
      pen.moveTo(points[0][0], points[0][1]);
      points.forEach(function (point) { pen.lineTo(point[0], point[1]); });
      pen.stroke();
    });
    field.value = strokes.map(function (points) {
      return 'M' + points.map(function (point) { return point.join(' '); }).join('L');
    }).join('');
  }
  function within(value, most) { return Math.max(0, Math.min(most, Math.round(value))); }
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [within((event.clientX - box.left) * canvas.width / box.width, canvas.width),
      within((event.clientY - box.top) * canvas.height / box.height, canvas.height)];
  }

  canvas.addEventListener('pointerdown', function (event) {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    strokes.push(stroke);
    draw();
  });
  canvas.addEventListener('pointermove', function (event) {
    if (!stroke) return;
    const last = stroke[stroke.length - 1];
    const here = place(event);
    if (Math.abs(here[0] - last[0]) + Math.abs(here[1] - last[1]) < 4) return;
    stroke.push(here);
    draw();
  });
  ['pointerup', 'pointercancel'].forEach(function (name) {
    canvas.addEventListener(name, function () { stroke = null; });
  });
  pad.querySelector('[data-ink-again]').addEventListener('click', function () { strokes = []; draw(); });
  pad.hidden = false;
  document.querySelectorAll('[data-no-ink]').forEach(function (note) { note.hidden = true; });
  draw();
}());
