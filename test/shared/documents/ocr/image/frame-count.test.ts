import { createCanvas } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { frameCount } from '../../../../../shared/documents/ocr/image/frame-count.ts';
import { heic, heicOfThree, heicWithThumbnail } from '../../../../builders/heic.ts';

const PICTURE = createCanvas(4, 4);
const png = PICTURE.toBuffer('image/png');
const webp = PICTURE.toBuffer('image/webp');

/** As many frames, with colors of their own, between extensions. */
function gif(frames: number): Buffer {
  const head = Buffer.from('GIF89a\x04\0\x04\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const control = Buffer.from('!\xf9\x04\0\x32\0\0\0', 'latin1');
  const frame = Buffer.from(',\0\0\0\0\x04\0\x04\0\x80\0\0\0\xff\xff\xff\x02\x02\x2c\x2c\0', 'latin1');
  const loop = Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
  return Buffer.concat([head, loop, ...Array(frames).fill([control, frame]).flat(), Buffer.from(';')]);
}

const chunk = (name: string, data: Buffer): Buffer => {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};
const animatedWebp = Buffer.concat([
  webp.subarray(0, 12),
  chunk('VP8X', Buffer.alloc(10)),
  chunk('ANMF', Buffer.alloc(17)),
  chunk('ANMF', Buffer.alloc(16)),
]);
const animatedPng = (frames: number): Buffer => {
  const control = Buffer.from('\0\0\0\x08acTL\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  control.writeUInt32BE(frames, 8);
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
};

it.each<[string, Buffer, number]>([
  ['a PNG', png, 1],
  ['an animated PNG', animatedPng(3), 3],
  ['a WebP', webp, 1],
  ['an animated WebP', animatedWebp, 2],
  ['a GIF', gif(1), 1],
  ['an animated GIF', gif(3), 3],
  ['an animated GIF that is cut off', gif(3).subarray(0, -30), 2],
  ['a HEIC with its transparency', heic(), 1],
  ['a HEIC with its thumbnail', heicWithThumbnail(), 1],
  ['a HEIC of three pictures', heicOfThree(), 3],
  ['a HEIC that is cut off in its head', heicOfThree().subarray(0, 120), 1],
  ['a JPEG', PICTURE.toBuffer('image/jpeg'), 1],
])('counts the pictures in %s', (_, bytes, count) => {
  expect(frameCount(bytes)).toBe(count);
});
