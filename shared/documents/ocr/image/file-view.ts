import { UnreadableFile } from '../../unreadable-file.ts';

/** Numbers at byte offsets of an image file. A file may point anywhere: an offset beyond its end is its damage. */
export class FileView {
  readonly #data: DataView;
  readonly #littleEndian: boolean;

  constructor(bytes: Uint8Array, littleEndian = false) {
    this.#data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
  }

  /** @throws UnreadableFile beyond the end of the file, as the others do */
  u8(offset: number): number {
    return this.#data.getUint8(this.#within(offset, 1));
  }

  u16(offset: number): number {
    return this.#data.getUint16(this.#within(offset, 2), this.#littleEndian);
  }

  u32(offset: number): number {
    return this.#data.getUint32(this.#within(offset, 4), this.#littleEndian);
  }

  /** A number that no file is large enough for is as far beyond its end as any. */
  u64(offset: number): number {
    return Number(this.#data.getBigUint64(this.#within(offset, 8), this.#littleEndian));
  }

  /** The four letters that name a chunk or box. */
  name(offset: number): string {
    this.#within(offset, 4);
    return String.fromCharCode(...[0, 1, 2, 3].map((i) => this.#data.getUint8(offset + i)));
  }

  #within(offset: number, size: number): number {
    if (offset + size > this.#data.byteLength) throw new UnreadableFile('画像を開けません');
    return offset;
  }
}
