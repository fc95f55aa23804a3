import { createHash } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '../../samples/lib/page.ts';
import { scanPage } from '../../samples/lib/scan.ts';
import { blankImage, type GrayImage, rotate } from '../../shared/documents/ocr/image/gray-image.ts';
import type { PacketFile } from '../../shared/packet/packet.ts';

/** A page of the samples as a copying machine sees it: ink and paper, laid askew by some degrees. */
export function scanned(page: Page, dpi = 200, skew = 0): GrayImage {
  const { width, height, bits } = scanPage(page, dpi);
  const image = blankImage(width, height, dpi);
  const stride = Math.ceil(width / 8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (!(((bits[y * stride + (x >> 3)] as number) >> (7 - (x & 7))) & 1)) image.data[y * width + x] = 0;
  return rotate(image, skew);
}

export function toPng(image: GrayImage): Buffer {
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  const data = context.createImageData(image.width, image.height);
  for (let i = 0; i < image.data.length; i++) {
    const gray = image.data[i] as number;
    data.data[i * 4] = data.data[i * 4 + 1] = data.data[i * 4 + 2] = gray;
    data.data[i * 4 + 3] = 255;
  }
  context.putImageData(data, 0, 0);
  return canvas.toBuffer('image/png');
}

export const aFile = (path: string, bytes: Uint8Array): PacketFile => ({
  path,
  digest: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
  read: async () => bytes,
});
