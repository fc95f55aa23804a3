import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { imageTrouble } from '../../../../../shared/documents/ocr/image/image-trouble.ts';
import { pageImages } from '../../../../../shared/documents/ocr/image/page-images.ts';
import { UnreadableFile } from '../../../../../shared/documents/unreadable-file.ts';

const canvas = createCanvas(300, 400);
const jpeg = canvas.toBuffer('image/jpeg');
const png = canvas.toBuffer('image/png');
const sized = (width: number, height: number): Buffer => {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  return changed;
};
/** A JPEG whose EXIF holds a preview with an end of its own. */
const withPreview = (picture: Buffer): Buffer => {
  const preview = Buffer.from([0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9]);
  return Buffer.concat([picture.subarray(0, 2), preview, picture.subarray(2)]);
};

describe('imageTrouble', () => {
  it.each([
    ['a JPEG', jpeg],
    ['a PNG', png],
    ['a JPEG with something behind its end', Buffer.concat([jpeg, Buffer.alloc(500, 7)])],
    ['a JPEG with a preview', withPreview(jpeg)],
  ])('lets %s pass', (_, bytes) => {
    expect(imageTrouble(bytes)).toBeNull();
  });

  it.each([
    ['half a JPEG', jpeg.subarray(0, jpeg.length - 40), '途中で切れています'],
    [
      'half a JPEG whose preview is whole',
      withPreview(jpeg).subarray(0, jpeg.length - 40),
      '途中で切れています',
    ],
    ['half a PNG', png.subarray(0, png.length - 20), '途中で切れています'],
    ['the head of a JPEG', jpeg.subarray(0, 100), '壊れています'],
    ['a PNG without size', sized(0, 0), '壊れています'],
    ['a PNG that unpacks to gigabytes', sized(20_000, 20_000), '大きすぎます'],
  ])('refuses %s before it is decoded', async (_, bytes, trouble) => {
    expect(imageTrouble(bytes)).toContain(trouble);
    const pages = await Array.fromAsync(pageImages(bytes));
    expect(pages).toEqual([{ page: 1, error: expect.any(UnreadableFile) }]);
    expect(pages[0]).toHaveProperty('error.message', expect.stringContaining(trouble));
  });
});
