// Reads pictures of symbols with zxing-cpp, which shares no code with ours. One request a line, one answer a line:
//   {"id":1,"png":"<base64>"}  or  {"id":1,"svg":"<base64>","dpi":300},  optional "formats":["QRCode"]
//   {"id":1,"results":[{"text","bytes","format","symbologyIdentifier","contentType","ecLevel","version",…}]}  or  {"id":1,"error":"…"}
// It ends when its input ends, so it does not outlive whoever started it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Resvg } from '@resvg/resvg-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// The largest QR symbol has 185 modules with its quiet zone, a slip 310: both get more than five dots a module.
const DEFAULT_WIDTH = 1600;

// A slip at 600 dpi is 1500 dots wide; what is much larger is a mistake in the drawing, not a symbol.
const MOST_DOTS = 40_000_000;

const READER = {
  // What we draw. Among the modules of one QR symbol in some thousands, linear kinds with weak checks are found by chance.
  formats: ['QRCode', 'Code128'],
  textMode: 'Plain',
  // What we draw is upright and dark on white. A scanner may forgive more, a test must not.
  tryRotate: false,
  tryInvert: false,
};

await loadReader();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}

/** Left to itself the library fetches this file from the network. */
async function loadReader() {
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

async function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id;
    const found = await readBarcodes(picture(request), { ...READER, formats: request.formats ?? READER.formats });
    return { id, results: found.map(result) };
  } catch (error) {
    return { id, error: String(error?.message ?? error) };
  }
}

function picture({ png, svg, dpi }) {
  if (png) return checked(Buffer.from(png, 'base64'));
  if (svg) return rasterised(Buffer.from(svg, 'base64').toString('utf8'), dpi);
  throw new Error('The request has neither "png" nor "svg".');
}

/** What the library says of another file is not to be understood. */
function checked(png) {
  if (png.subarray(1, 4).toString('latin1') !== 'PNG') throw new Error('The picture is not a PNG.');
  return png;
}

/** With dpi as a printer of that resolution would print it: an SVG without a size in mm has no such size. */
function rasterised(svg, dpi) {
  const options = { background: 'white', font: { loadSystemFonts: false } };
  const drawing = new Resvg(svg, dpi ? { ...options, dpi } : { ...options, fitTo: { mode: 'width', value: DEFAULT_WIDTH } });
  const wide = dpi ? drawing.width : DEFAULT_WIDTH;
  if (wide * wide * (drawing.height / drawing.width) > MOST_DOTS) throw new Error(`The drawing is ${drawing.width} by ${drawing.height}: too large for a symbol.`);
  const { width, height, pixels } = drawing.render();
  return { width, height, data: new Uint8ClampedArray(pixels) };
}

function result(read) {
  const extra = read.extra ? JSON.parse(read.extra) : {};
  return {
    text: read.text,
    bytes: Buffer.from(read.bytes).toString('base64'),
    format: read.format,
    symbologyIdentifier: read.symbologyIdentifier,
    contentType: read.contentType,
    ecLevel: extra.ECLevel ?? '',
    version: extra.Version === undefined ? '' : String(extra.Version),
    mirrored: read.isMirrored,
    // 1 when nothing at all had to be corrected.
    unusedErrorCorrection: extra.UEC ?? null,
  };
}
