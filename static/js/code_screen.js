/* Four digits that change every 30 seconds, computed here from the device's key, so that ten minutes without network do not stop
   anybody: HMAC-SHA256(key, "arrival-code:STEP"), first four bytes modulo 10000. Own SHA-256, because browsers lend theirs to https only. */
(function () {
  'use strict';
  const STEP = 30000;
  const box = document.querySelector('[data-code]');
  if (!box) return;
  const picture = box.querySelector('[data-qr]');
  let key = box.dataset.key.match(/../g).map(function (two) { return parseInt(two, 16); });
  let shift = Date.parse(document.documentElement.dataset.now) - performance.now();
  let shown = -1;
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every(function (p) { return n % p; })) primes.push(n);
  function fraction(root) { return Math.floor((root - Math.floor(root)) * 4294967296) | 0; }
  const K = primes.map(function (p) { return fraction(Math.cbrt(p)); });
  const H = primes.slice(0, 8).map(function (p) { return fraction(Math.sqrt(p)); });
  function turn(x, n) { return (x >>> n) | (x << (32 - n)); }
  function sha256(bytes) {
    const data = bytes.concat([128]);
    while (data.length % 64 !== 56) data.push(0);
    data.push(0, 0, 0, 0, 0, 0, (bytes.length * 8) >>> 8, (bytes.length * 8) & 255);
    const state = H.slice();
    for (let at = 0; at < data.length; at += 64) {
      const w = [];
      let s = state.slice();
      for (let i = 0; i < 64; i += 1) {
        const o = at + i * 4;
        w[i] = i < 16 ? (data[o] << 24) | (data[o + 1] << 16) | (data[o + 2] << 8) | data[o + 3] :
          ((turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10)) + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3)) + w[i - 16]) | 0;
        const one = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i]) | 0;
        const two = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
        s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
      }
      s.forEach(function (v, i) { state[i] = (state[i] + v) | 0; });
    }
    return state.reduce(function (all, v) { return all.concat([v >>> 24, (v >>> 16) & 255, (v >>> 8) & 255, v & 255]); }, []);
  }
  function hmac(text) {
    const pad = Array.from({length: 64}, function (_, i) { return key[i] || 0; });
    const mix = function (by) { return pad.map(function (b) { return b ^ by; }); };
    return sha256(mix(92).concat(sha256(mix(54).concat(Array.from(text, function (c) { return c.charCodeAt(0); })))));
  }
  function over() { key = null; box.querySelectorAll('div').forEach(function (e) { e.remove(); }); box.querySelector('[data-revoked]').hidden = false; }
  function draw(answer, svg) {
    if (answer.status === 401) return over();
    const asOf = Date.parse(answer.headers.get('X-Board-As-Of'));
    if (asOf) shift = asOf - performance.now();
    document.dispatchEvent(new CustomEvent('answered', {detail: answer.headers.get('X-Board-Version')}));
    picture.hidden = !key || answer.status !== 200 || Number(answer.headers.get('X-Code-Step')) !== shown;
    if (!picture.hidden) picture.querySelector('[data-qr-place]').innerHTML = svg;
  }
  function run() {
    const now = shift + performance.now(), step = Math.floor(now / STEP);
    if (!key) return;
    box.querySelector('[data-left]').value = 30 - Math.floor(now % STEP / 1000);
    if (step !== shown) {
      const b = hmac('arrival-code:' + step);
      box.querySelector('[data-digits]').textContent = ('000' + (b[0] * 16777216 + b[1] * 65536 + b[2] * 256 + b[3]) % 10000).slice(-4);
      shown = step;
      picture.hidden = true;
      fetch(box.dataset.picture, {credentials: 'same-origin'}).then(function (answer) { return answer.text().then(draw.bind(null, answer)); }).catch(function () { });
    }
    setTimeout(run, 250);
  }
  run();
}());
