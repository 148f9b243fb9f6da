// What the server cannot see of a scan: its pace, what ended it, and whether the input method was on. The page works without.
'use strict';
(() => {
  const form = document.querySelector('form[data-scan]');
  if (!form) return;
  const box = form.elements.code;

  // People need more than this for a character, scanners less.
  const FAST = 35;
  // Fewer characters are no scan.
  const ENOUGH = 8;
  // A scanner that sends no Enter has said all it has to say.
  const SILENCE = 600;

  let times = [];
  let waiting = 0;
  let composed = false;

  const pace = () => times.length < 2 ? null : (times[times.length - 1] - times[0]) / (times.length - 1);
  const isScan = () => times.length >= ENOUGH && pace() <= FAST;

  function send(end) {
    clearTimeout(waiting);
    const average = pace();
    form.elements.end.value = end;
    form.elements.pace.value = average === null ? '' : String(Math.round(average));
    form.elements.ime.value = composed ? '1' : '';
  }

  function forget() {
    times = [];
    composed = false;
    clearTimeout(waiting);
  }

  box.addEventListener('compositionstart', () => { composed = true; });
  box.addEventListener('keydown', event => {
    if (event.key === 'Process') composed = true;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      send('enter');
      return;
    }
    // Tab moves people on as ever; only behind a scan it is the scanner's.
    if (event.key === 'Tab' && isScan() && event.timeStamp - times[times.length - 1] < 100) {
      event.preventDefault();
      send('tab');
      form.requestSubmit();
      return;
    }
    if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (box.value === '') forget();
    times.push(event.timeStamp);
    clearTimeout(waiting);
    if (!isScan()) return;
    waiting = setTimeout(() => {
      send('none');
      form.requestSubmit();
    }, SILENCE);
  });
  box.addEventListener('paste', forget);

  // A scan that begins while nothing has the focus goes into the box.
  document.addEventListener('keydown', event => {
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (nowhere && event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) box.focus();
  });
  // Back from another window or page, the next scan is expected here, and an old one must not lie in the box.
  window.addEventListener('pageshow', event => {
    if (!event.persisted) return;
    form.reset();
    forget();
    box.focus();
  });
})();
