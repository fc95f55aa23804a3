import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { imageTrouble } from '../../../../../shared/documents/ocr/image/image-trouble.ts';
import { type PageImage, pageImages } from '../../../../../shared/documents/ocr/image/page-images.ts';
import { tiffToPdf } from '../../../../../shared/documents/ocr/image/tiff-to-pdf.ts';
import { openPdf } from '../../../../../shared/documents/pages/pdf-engine.ts';
import { heic } from '../../../../builders/heic.ts';

const [WIDTH, HEIGHT] = [64, 48];
const isBlack = (x: number): boolean => x < WIDTH / 2;

const webp = (): Buffer => {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'black';
  context.fillRect(0, 0, WIDTH / 2, HEIGHT);
  return canvas.toBuffer('image/webp');
};

/** 24 bits for each pixel, from the bottom up. */
const bmp = (): Buffer => {
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + WIDTH * HEIGHT * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(WIDTH, 18);
  head.writeInt32LE(HEIGHT, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isBlack(i % WIDTH) ? [0, 0, 0] : [255, 255, 255],
  );
  return Buffer.concat([head, Buffer.from(pixels.flat())]);
};

/** Codes of three bits; the table is cleared before it would need more. */
const gif = (): Buffer => {
  const head = Buffer.from('GIF89a\0\0\0\0\xf1\0\0\0\0\0\xff\xff\xff\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(WIDTH, 6);
  head.writeUInt16LE(HEIGHT, 8);
  const frame = Buffer.from(',\0\0\0\0\0\0\0\0\0\x02', 'latin1');
  frame.writeUInt16LE(WIDTH, 5);
  frame.writeUInt16LE(HEIGHT, 7);
  const codes = Array.from({ length: WIDTH * HEIGHT }, (_, i) => [
    ...(i % 2 === 0 ? [4] : []),
    isBlack(i % WIDTH) ? 0 : 1,
  ]).flat();
  const bits = [...codes, 5]
    .map((code) => code.toString(2).padStart(3, '0').split('').reverse().join(''))
    .join('');
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) =>
    Number.parseInt(byte.padEnd(8, '0').split('').reverse().join(''), 2),
  );
  const blocks: number[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  return Buffer.concat([head, frame, Buffer.from([...blocks, 0, 0x3b])]);
};

/** 206 by 292 black pixels. */
const JPEG_2000 = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAABJAAAAM4AAwcHAAAAAAAPY29scgEAAAAAABAAAADLanAyY/9P/1EALwAAAAAAzgAAASQAAAAAAAAAAAAAAM4AAAEkAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAQUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAARAAB/5PPsFARUFSnKLO8AADCQl+GsoAAAYSEv8PmGBQAXKyHszwAAMJCX4CAgICAgICAgICAgICAgID/2Q==',
  'base64',
);

const KINDS: [string, () => Buffer][] = [
  ['WebP', webp],
  ['BMP', bmp],
  ['GIF', gif],
  ['HEIC', heic],
];

describe('pageImages', () => {
  it.each(KINDS)('decodes %s', async (_, make) => {
    const [page] = await Array.fromAsync(pageImages(make()));
    if (!page || !('image' in page)) throw page?.error;
    const { width, height, data } = page.image;
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    const row = (HEIGHT / 2) * WIDTH;
    expect(data[row + 8]).toBeLessThan(60);
    expect(data[row + WIDTH - 8]).toBeGreaterThan(200);
  });

  it.each(KINDS)('refuses half a %s with a reason', async (_, make) => {
    const whole = make();
    const [page] = await Array.fromAsync(pageImages(whole.subarray(0, whole.length / 2)));
    expect(page).toHaveProperty('error.message', expect.stringMatching(/画像/));
  });

  it.each([
    ['a BMP', bmp(), (head: Buffer) => head.writeInt32LE(60_000, 18)],
    ['a GIF', gif(), (head: Buffer) => head.fill(0xff, 6, 10)],
  ])('lets no decoder allocate what the header of %s declares', (_, bytes, change) => {
    change(bytes);
    expect(imageTrouble(bytes)).toMatch(/大きすぎます|途中で切れています/);
  });

  it('gives nothing to a decoder that it was not made for', () => {
    expect(imageTrouble(Buffer.from('\0\0\0\x1cftypavif\0\0\0\0', 'latin1'))).toBe('扱えない種類の画像です');
  });

  it('draws a page with one point for each pixel as a sheet of paper', async () => {
    const [page] = await Array.fromAsync(pageImages(pixelPage(1654, 2339)));
    if (!page || !('image' in page)) throw page?.error;
    expect(page.image.height).toBeCloseTo(3508, -1);
    expect(page.image.dpi).toBe(300);
    expect(page.scale).toBeCloseTo(842 / 2339, 3);
  });
});

describe('pictures inside PDFs', () => {
  it('decodes JPEG 2000 while a reader of text has the file open', async () => {
    const file = picturePdf('/Filter /JPXDecode', JPEG_2000);
    const [drawn] = await drawWhileOpen(file);
    if (!drawn || !('image' in drawn)) throw drawn?.error;
    const { width, height, data } = drawn.image;
    expect(data[(height >> 1) * width + (width >> 1)]).toBeLessThan(60);
  });

  it.each([
    ['a picture', '/Filter /JPXDecode', JPEG_2000.subarray(0, 90)],
    ['a picture of two colors', '/ColorSpace /DeviceGray /Filter /JBIG2Decode', Buffer.alloc(40, 9)],
  ])('tells that %s cannot be decoded', async (_, dict, bytes) => {
    const [page] = await Array.fromAsync(pageImages(picturePdf(dict, bytes)));
    expect(page).toHaveProperty('error.message', 'PDFの中の画像を取り出せません');
  });

  it('tells a stencil that cannot be decoded from a blank page', async () => {
    const broken = picturePdf('/ImageMask true /Filter /JBIG2Decode', Buffer.alloc(40, 9));
    const white = picturePdf('/ColorSpace /DeviceGray /BitsPerComponent 8', Buffer.alloc(206 * 292, 255));
    await expect(whenBlank(broken)).rejects.toThrow('PDFの中の画像を取り出せません');
    await expect(whenBlank(white)).resolves.toBeUndefined();
  });
});

async function whenBlank(file: Buffer): Promise<void> {
  const [page] = await Array.fromAsync(pageImages(file));
  if (!page || !('image' in page) || !page.whenBlank) throw new Error('the page was not drawn');
  await page.whenBlank();
}

/** The reader of text opens the file last, as it does in the OCR process. */
async function drawWhileOpen(file: Buffer): Promise<PageImage[]> {
  const pages = pageImages(file);
  const first = pages.next();
  const reader = await openPdf(new Uint8Array(file));
  const drawn = await first;
  await pages.return(undefined);
  await reader.destroy();
  return drawn.done ? [] : [drawn.value];
}

/** One page that a picture of 206 by 292 pixels fills. */
function picturePdf(dict: string, bytes: Uint8Array): Buffer {
  const content = 'q 595 0 0 842 0 0 cm /P Do Q';
  const picture = `/Type /XObject /Subtype /Image /Width 206 /Height 292 ${dict} /Length ${bytes.length}`;
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.5
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</P 5 0 R>>>>>> endobj
4 0 obj <</Length ${content.length}>> stream
${content}
endstream endobj
5 0 obj <<${picture}>> stream
`,
    ),
    bytes,
    Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R /Size 6>>\n%%EOF'),
  ]);
}

/** A scanned page of so many points. */
function pixelPage(width: number, height: number): Uint8Array {
  const tiff = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const tags = [
    [256, 8],
    [257, 8],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 0],
    [278, 8],
    [279, 64],
  ] as const;
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length);
  for (const [i, [tag, value]] of tags.entries()) {
    directory.writeUInt16LE(tag, 2 + i * 12);
    directory.writeUInt16LE(4, 4 + i * 12);
    directory.writeUInt32LE(1, 6 + i * 12);
    directory.writeUInt32LE(tag === 273 ? 8 + directory.length : value, 10 + i * 12);
  }
  const pdf = Buffer.from(tiffToPdf(Buffer.concat([tiff, directory, Buffer.alloc(64, 200)]))).toString(
    'latin1',
  );
  return Buffer.from(pdf.replace(/\/MediaBox \[[^\]]*\]/, `/MediaBox [0 0 ${width} ${height}]`), 'latin1');
}
