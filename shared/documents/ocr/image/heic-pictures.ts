import { FileView } from './file-view.ts';

/** Kinds of items that are pictures of their own: ISO/IEC 23008-12, and those a phone derives from others. */
const PICTURES = new Set(['hvc1', 'hev1', 'av01', 'avc1', 'jpeg', 'grid', 'iovl', 'iden']);
/** A thumbnail, or what belongs to a picture (transparency, depth) */
const BELONGS = new Set(['thmb', 'auxl']);
/** A picture that is made of others, such as tiles */
const MADE_OF = 'dimg';

interface Box {
  type: string;
  /** of the content */
  from: number;
  to: number;
}

/** Pictures a person can page through in a HEIC file: its items (`meta`), or the frames of a sequence (`moov`). */
export function countHeic(bytes: Uint8Array, frames: { count: number }): void {
  const view = new FileView(bytes);
  for (const box of boxes(view, 0, bytes.length)) {
    if (box.type === 'meta') frames.count += itemsIn(view, box);
    if (box.type === 'moov') frames.count = Math.max(frames.count, samplesIn(view, box));
  }
}

function* boxes(view: FileView, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const declared = view.u32(at);
    const head = declared === 1 ? 16 : 8;
    const size = declared === 1 ? view.u64(at + 8) : declared || end - at;
    if (size < head) return;
    yield { type: view.name(at + 4), from: at + head, to: Math.min(at + size, end) };
    at += size;
  }
}

function itemsIn(view: FileView, meta: Box): number {
  const pictures = new Set<number>();
  const parts = new Set<number>();
  for (const box of boxes(view, meta.from + 4, meta.to)) {
    if (box.type === 'iinf') for (const id of picturesOf(view, box)) pictures.add(id);
    if (box.type === 'iref') for (const id of partsOf(view, box)) parts.add(id);
  }
  return pictures.difference(parts).size;
}

/** Items that are pictures and not hidden (`infe`, version 2 or 3). */
function* picturesOf(view: FileView, { from, to }: Box): Generator<number> {
  const start = from + (view.u8(from) === 0 ? 6 : 8);
  for (const box of boxes(view, start, to)) {
    const version = view.u8(box.from);
    const isHidden = (view.u8(box.from + 3) & 1) === 1;
    if (box.type !== 'infe' || version < 2 || isHidden) continue;
    const id = version === 2 ? view.u16(box.from + 4) : view.u32(box.from + 4);
    if (PICTURES.has(view.name(box.from + (version === 2 ? 8 : 10)))) yield id;
  }
}

/** Items that are shown only with or within another one. */
function* partsOf(view: FileView, { from, to }: Box): Generator<number> {
  const size = view.u8(from) === 0 ? 2 : 4;
  const idAt = (at: number): number => (size === 2 ? view.u16(at) : view.u32(at));
  for (const box of boxes(view, from + 4, to)) {
    if (BELONGS.has(box.type)) yield idAt(box.from);
    if (box.type !== MADE_OF) continue;
    const count = view.u16(box.from + size);
    for (let n = 0; n < count; n++) yield idAt(box.from + size + 2 + n * size);
  }
}

/** The most pictures that a track of a sequence has (`stsz` in moov/trak/mdia/minf/stbl). */
function samplesIn(view: FileView, { from, to }: Box): number {
  const counts = [...boxes(view, from, to)].map((box) => {
    if (['trak', 'mdia', 'minf', 'stbl'].includes(box.type)) return samplesIn(view, box);
    return box.type === 'stsz' ? view.u32(box.from + 8) : 0;
  });
  return Math.max(0, ...counts);
}
