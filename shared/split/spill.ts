import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '../packet/scratch-folder.ts';

/** Bytes in a spill. */
export interface Spilled {
  byte: number;
  size: number;
}

/** What was read of one upload and is needed again later: on disk, so that memory does not grow with its persons. */
export class Spill {
  #folder: string | null = null;
  #file: FileHandle | null = null;
  #size = 0;

  async put(bytes: Uint8Array): Promise<Spilled> {
    const file = await this.#opened();
    const byte = this.#size;
    this.#size += bytes.length;
    for (let done = 0; done < bytes.length; )
      done += (await file.write(bytes, done, bytes.length - done, byte + done)).bytesWritten;
    return { byte, size: bytes.length };
  }

  async read({ byte, size }: Spilled): Promise<Buffer> {
    const file = await this.#opened();
    const buffer = Buffer.alloc(size);
    for (let done = 0; done < size; ) {
      const { bytesRead } = await file.read(buffer, done, size - done, byte + done);
      if (bytesRead === 0) throw new Error('the scratch file of an upload was cut off');
      done += bytesRead;
    }
    return buffer;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
    this.#file = null;
    this.#folder = null;
    this.#size = 0;
  }

  async #opened(): Promise<FileHandle> {
    this.#folder ??= scratchFolder();
    this.#file ??= await open(join(this.#folder, 'spill'), 'wx+', 0o600);
    return this.#file;
  }
}
