// The counter's screens follow what is written down; without this file they do so by reloading.
'use strict';
(() => {
  const doc = document;
  let step = null;
  let source = null;
  let fetching = false;
  let sent = false;

  // What a person is typing must not be taken out of their hands.
  const busy = () => {
    const active = doc.activeElement;
    return active && active.id !== 'scan' && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName) && active.type !== 'hidden' && active.value !== active.defaultValue;
  };

  async function refresh() {
    if (fetching || sent) return;
    fetching = true;
    try {
      const answer = await fetch(location.href.split('#')[0], { headers: { Accept: 'text/html' } });
      if (!answer.ok || answer.redirected) { location.reload(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const main = fresh.getElementById('main');
      if (!main) { location.reload(); return; }
      const focused = doc.activeElement && doc.activeElement.id;
      doc.getElementById('main').replaceChildren(...main.childNodes);
      doc.title = fresh.title;
      doc.documentElement.lang = fresh.documentElement.lang;
      begin();
      const target = focused && doc.getElementById(focused) || doc.querySelector('[autofocus]');
      if (target) target.focus();
    } catch {
      // Offline: the banner is up, and the next event brings the truth.
    } finally {
      fetching = false;
    }
  }

  function offline(is) {
    const banner = doc.querySelector('[data-offline]');
    if (banner) banner.hidden = !is;
  }

  function listen(live) {
    step = live.dataset.step;
    if (source) return;
    source = new EventSource(live.dataset.live);
    source.onopen = () => offline(false);
    source.onmessage = event => {
      offline(false);
      if (event.data === step || busy()) return;
      refresh();
    };
    source.onerror = () => offline(true);
  }
  addEventListener('pagehide', () => { if (source) source.close(); source = null; });
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
  addEventListener('offline', () => offline(true));
  addEventListener('online', refresh);

  // One press is one deed, however often it is pressed.
  doc.addEventListener('submit', event => {
    // A paper opens beside this page, which goes on.
    if (event.target.target) return;
    if (sent) { event.preventDefault(); return; }
    sent = true;
    setTimeout(() => { sent = false; }, 12000);
  });

  // Whole-width letters and hiragana find what is written the other way.
  const plain = text => text.normalize('NFKC').toLowerCase().replace(/[\u3041-\u3096]/g, letter => String.fromCharCode(letter.charCodeAt(0) + 0x60)).replace(/\s+/g, ' ').trim();

  function filter() {
    const field = doc.querySelector('[data-filter]');
    if (!field) return;
    field.querySelector('button').hidden = true;
    const box = field.querySelector('input');
    const tiles = [...doc.querySelectorAll('[data-find]')].map(tile => [tile, plain(tile.dataset.find)]);
    box.addEventListener('input', () => {
      const words = plain(box.value).split(' ');
      for (const [tile, text] of tiles) tile.hidden = !words.every(word => text.includes(word));
    });
    box.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      const shown = tiles.filter(([tile]) => !tile.hidden);
      if (shown.length === 1) shown[0][0].click();
    });
  }

  function cash() {
    const area = doc.querySelector('[data-cash]');
    if (!area) return;
    const due = Number(area.dataset.due);
    const box = area.querySelector('#tendered');
    const change = area.querySelector('[data-change]');
    area.querySelector('[data-notes]').hidden = false;
    const show = () => {
      const given = Number(box.value.normalize('NFKC').replace(/[,\s]/g, ''));
      change.textContent = box.value && given >= due ? `${doc.documentElement.lang === 'en' ? 'Change' : 'おつり'} ${(given - due).toLocaleString('ja-JP')}円` : '';
    };
    box.addEventListener('input', show);
    // Enter in this box takes cash; it must never press another way to pay.
    box.addEventListener('keydown', event => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (!event.isComposing && !event.repeat) area.querySelector('.cash-button').click();
    });
    for (const note of area.querySelectorAll('[data-yen]'))
      note.addEventListener('click', () => {
        const yen = Number(note.dataset.yen);
        box.value = yen === 0 ? '' : String((Number(box.value) || 0) + yen);
        show();
      });
  }

  // The same code within two seconds is one scan.
  let last = { code: '', at: 0 };
  function scanner() {
    const form = doc.querySelector('[data-scan-line]');
    if (!form) return;
    const box = form.elements.code;
    box.addEventListener('keydown', event => { if (event.key === 'Enter' && event.isComposing) event.preventDefault(); });
    form.addEventListener('submit', event => {
      const now = Date.now();
      if (!box.value.trim() || (box.value === last.code && now - last.at < 2000)) {
        event.preventDefault();
        event.stopPropagation();
        box.value = '';
        return;
      }
      last = { code: box.value, at: now };
    });
  }
  doc.addEventListener('keydown', event => {
    const box = doc.getElementById('scan');
    const nowhere = doc.activeElement === null || doc.activeElement === doc.body || doc.activeElement.id === 'main';
    if (box && nowhere && event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey && event.key !== ' ') box.focus();
  });

  // What was just done is said once: it must not stand beside what happens next.
  function said() {
    const here = new URL(location.href);
    if (!here.searchParams.has('done')) return;
    here.searchParams.delete('done');
    history.replaceState(null, '', here);
  }

  function begin() {
    said();
    filter();
    cash();
    scanner();
    const live = doc.querySelector('[data-live]');
    if (live) listen(live);
  }
  begin();
})();
