// Sums a drawer's notes and coins while they are typed. The server adds them again.
'use strict';
(() => {
  const whole = text => { const digits = text.normalize('NFKC').replace(/,/g, '').trim(); return /^\d+$/.test(digits) ? Number(digits) : 0; };
  const yen = sum => `${sum.toLocaleString('en-US')}円`;
  for (const form of document.querySelectorAll('form[data-count]')) {
    const pieces = [...form.querySelectorAll('[data-yen]')];
    const total = form.querySelector('[data-total]');
    const add = () => {
      let sum = 0;
      for (const piece of pieces) {
        const part = whole(piece.value) * Number(piece.dataset.yen);
        piece.closest('tr').querySelector('[data-sum]').textContent = piece.value.trim() ? yen(part) : '';
        sum += part;
      }
      total.textContent = pieces.some(piece => piece.value.trim()) ? yen(sum) : '';
    };
    form.addEventListener('input', add);
    add();
  }
})();
