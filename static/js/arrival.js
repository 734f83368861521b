/* A tap made where there is no signal is kept on the open page and sent again until the house has heard it.
   Nothing is stored in the browser; the address holds the step at which the code was shown. */
(function () {
  'use strict';
  const AGAIN = 4000;

  function send(form, body) {
    fetch(form.action, {method: 'POST', body: body, credentials: 'same-origin'}).then(function (answer) {
      // What was refused is sent once more as an ordinary form: its page says why.
      if (answer.redirected) location.assign(answer.url); else form.submit();
    }).catch(function () {
      const place = form.querySelector('[data-waiting]');
      if (place) place.textContent = form.dataset.wordWaiting;
      setTimeout(send, AGAIN, form, body);
    });
  }
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (!form.hasAttribute('data-keep-trying') || !window.fetch || !window.FormData) return;
    event.preventDefault();
    if (form.hasAttribute('data-sending')) return;
    form.setAttribute('data-sending', '');
    send(form, new URLSearchParams(new FormData(form)));
  });
}());
