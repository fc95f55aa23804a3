import { statfs } from 'node:fs/promises';

/**
 * A full disk would break the stores of this machine in the middle of a write, so that work stops before it is full:
 * new uploads first, then the reading of what waits. In bytes.
 */
const KEPT_FREE = { forUploads: 1024 ** 3, forWork: 256 * 1024 ** 2 };
/** An upload lies in the object store and, while it is read, in the scratch folder; in between its parts lie beside it. */
const COPIES = 2;

/** Free bytes of the disk a folder is on. */
export type FreeBytes = (folder: string) => Promise<number>;
const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Whether the disk of the desk's folder has room. `free`: a port, so that tests need not fill a disk. */
export class DiskSpace {
  private readonly folder: string;
  private readonly free: FreeBytes;

  constructor(folder: string, free: FreeBytes = freeBytes) {
    this.folder = folder;
    this.free = free;
  }

  /** Null: an upload of so many bytes may come. Otherwise why not, for the office. */
  async refusal(uploadBytes = 0): Promise<string | null> {
    const free = await this.free(this.folder);
    if (free - COPIES * uploadBytes >= KEPT_FREE.forUploads) return null;
    return (
      `受付の保存先の空きが足りないため (残り ${Math.floor(free / 1024 ** 2)} MB)、この送付物は受け付けていません。` +
      '受付の担当者が空きを作ったあとで、もう一度送ってください。受付番号が出ているものは保存されています。'
    );
  }

  /** False: what waits must go on waiting. */
  async hasRoomForWork(): Promise<boolean> {
    return (await this.free(this.folder)) >= KEPT_FREE.forWork;
  }
}
