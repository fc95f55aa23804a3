import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DataFolderError } from './data-folder.ts';

/**
 * A full disk would break the stores in the middle of a write. So new uploads stop first, then the processing of
 * waiting messages. Bytes.
 */
const RESERVE = { forUploads: 1024 ** 3, forWork: 256 * 1024 ** 2 };
/** Every queue asks before each batch; in this time the work writes little of the reserve. */
const CHECKED_FOR_MS = 500;
/** An upload is in the object store and, while it is read, in the scratch folder. */
const COPIES = 2;

/** Free bytes of the disk that holds a folder. */
export type FreeBytes = (folder: string) => Promise<number>;
const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Throws DataFolderError where uploads could not be read in the scratch folder. */
export function requireScratch(folder = tmpdir()): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new DataFolderError(
      `受付の作業場所 (${folder}) がないか、書けません。環境変数 TMPDIR が指すフォルダーを作るか、書けるフォルダーに直してから、もう一度始めてください。`,
    );
  }
}

/** Free space for the data folder and the scratch folder. `free`: a port, so that tests need not fill a disk. */
export class DiskSpace {
  private readonly folder: string;
  private readonly freeIn: FreeBytes;
  private checked = { at: Number.NEGATIVE_INFINITY, hasRoom: Promise.resolve(false) };

  constructor(folder: string, free: FreeBytes = freeBytes) {
    this.folder = folder;
    this.freeIn = free;
  }

  /** An upload is read in the scratch folder, which may be on another disk. */
  private async free(): Promise<number> {
    return Math.min(await this.freeIn(this.folder), await this.freeIn(tmpdir()));
  }

  /** Why an upload of this size is refused, for the office. Null: there is space. */
  async refusal(uploadBytes = 0): Promise<string | null> {
    const free = await this.free();
    if (free - COPIES * uploadBytes >= RESERVE.forUploads) return null;
    return (
      `受付の保存先か作業場所の空きが足りないため (残り ${Math.floor(free / 1024 ** 2)} MB)、この送付物は受け付けていません。` +
      '受付の担当者が空きを作ったあとで、もう一度送ってください。受付番号が出ているものは保存されています。'
    );
  }

  /** Asked before each batch of messages: the answer holds for a moment. */
  async hasRoomForWork(): Promise<boolean> {
    const now = performance.now();
    if (now - this.checked.at > CHECKED_FOR_MS)
      this.checked = { at: now, hasRoom: this.free().then((free) => free >= RESERVE.forWork) };
    return this.checked.hasRoom;
  }
}
