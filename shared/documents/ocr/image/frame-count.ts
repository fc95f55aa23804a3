import { type FileType, fileType } from '../../../packet/file-type.ts';
import { UnreadableFile } from '../../unreadable-file.ts';
import { FileView } from './file-view.ts';
import { countHeic } from './heic-pictures.ts';

/** Pictures that one file shows in turn, or holds side by side; the first is read. A file that ends early has as many as it began. */
export function frameCount(bytes: Uint8Array): number {
  const type = fileType(bytes);
  const count = type && COUNTS[type];
  if (!count) return 1;
  const frames = { count: 0 };
  try {
    count(bytes, frames);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return Math.max(1, frames.count);
}

type Count = (bytes: Uint8Array, frames: { count: number }) => void;

const COUNTS: Partial<Record<FileType, Count>> = {
  gif: countGif,
  webp: countWebp,
  png: countPng,
  heic: countHeic,
};

const GIF = { image: 0x2c, extension: 0x21 };

/** Blocks behind the head and its colors (GIF89a, 19 to 27). */
function countGif(bytes: Uint8Array, frames: { count: number }): void {
  const view = new FileView(bytes, true);
  const colors = (flags: number): number => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const behindBlocks = (from: number): number => {
    let at = from;
    while (view.u8(at) !== 0) at += view.u8(at) + 1;
    return at + 1;
  };
  for (let at = 13 + colors(view.u8(10)); ; ) {
    const kind = view.u8(at);
    if (kind === GIF.image) {
      frames.count++;
      at = behindBlocks(at + 10 + colors(view.u8(at + 9)) + 1);
    } else if (kind === GIF.extension) at = behindBlocks(at + 2);
    else return;
  }
}

/** Chunks of frames (WebP Container Specification, ANMF). */
function countWebp(bytes: Uint8Array, frames: { count: number }): void {
  const view = new FileView(bytes, true);
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (view.name(at) === 'ANMF') frames.count++;
    const size = view.u32(at + 4);
    at += 8 + size + (size % 2);
  }
}

/** As its control says (acTL), which is before the first picture. */
function countPng(bytes: Uint8Array, frames: { count: number }): void {
  const view = new FileView(bytes);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.u32(at)) {
    const name = view.name(at + 4);
    if (name === 'acTL') frames.count = view.u32(at + 8);
    if (name === 'acTL' || name === 'IDAT') return;
  }
}
