/* ID card readers work as keyboards: they type fast, part fields with Tab and end with Enter. Inside a box for cards
   such a Tab does not leave the box, and the Enter of a single card fills the form. */
(function () {
  'use strict';
  const FAST = 60;
  let last = 0;

  function put(box, text) {
    const at = box.selectionStart;
    box.value = box.value.slice(0, at) + text + box.value.slice(box.selectionEnd);
    box.selectionStart = box.selectionEnd = at + text.length;
  }
  document.addEventListener('keydown', function (event) {
    const box = event.target;
    if (!box.matches || !box.matches('[data-wedge]')) return;
    const fast = event.timeStamp - last < FAST;
    last = event.timeStamp;
    if (!fast || event.ctrlKey || event.isComposing) return;
    if (event.key === 'Tab') {
      event.preventDefault();
      put(box, '\t');
    } else if (event.key === 'Enter' && box.dataset.wedge !== 'lines') {
      const button = box.form.querySelector('[data-wedge-button]');
      event.preventDefault();
      if (button && box.value.trim()) button.click();
    }
  });
}());
