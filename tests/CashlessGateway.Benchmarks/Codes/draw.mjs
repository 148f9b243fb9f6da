// Draws a slip and an eL-QR with bwip-js, over and over, and prints for each kind of drawing how long one takes:
//   node draw.mjs SLIP-DIGITS EL-QR-DIGITS  ->  [{"what":"slip SVG","microseconds":1234.5},…]
// Bars, quiet zones and dots are as many as in the drawings of the codes command.
import bwip from 'bwip-js/node';

// The first calls are interpreted; after this long everything has been compiled.
const WARM_UP_MS = 1500;
const MEASURED_MS = 3000;

const [slip, elQr] = process.argv.slice(2);
if (!/^91\d{42}$/.test(slip ?? '') || !/^\d{255}$/.test(elQr ?? '')) throw new Error('Call: node draw.mjs SLIP-DIGITS EL-QR-DIGITS');

// 400 dpi: 2 dots a module, 40 dots of quiet zone on each side, 158 dots high. Padding is in modules, the height in mm of 72 units to the inch.
const slipBars = { bcid: 'gs1-128', text: `(91)${slip.slice(2)}`, scale: 2, height: 79 / 72 * 25.4, paddingwidth: 20, backgroundcolor: 'FFFFFF' };
// 4 dots a module and a quiet zone of 4 modules; a module of this library's QR symbols is 2 units wide.
const elQrModules = { bcid: 'qrcode', text: elQr, version: 6, eclevel: 'M', scale: 2, padding: 8, backgroundcolor: 'FFFFFF' };

// Each drawing has its own copy: the library scales the padding in the object that it is given.
const drawings = [
  ['slip SVG', () => bwip.toSVG({ ...slipBars })],
  ['slip PNG', () => bwip.toBuffer({ ...slipBars })],
  ['eL-QR SVG', () => bwip.toSVG({ ...elQrModules })],
  ['eL-QR PNG', () => bwip.toBuffer({ ...elQrModules })],
];

const measured = [];
for (const [what, draw] of drawings) {
  await repeat(draw, WARM_UP_MS);
  measured.push({ what, microseconds: await repeat(draw, MEASURED_MS) });
}
console.log(JSON.stringify(measured));

/** Median time of one drawing in microseconds: other work on the machine must not count against this library. */
async function repeat(draw, milliseconds) {
  const end = performance.now() + milliseconds;
  const times = [];
  while (performance.now() < end) {
    const begin = performance.now();
    await draw();
    times.push((performance.now() - begin) * 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
