import type { CaseObject } from './object-keeper.ts';

/** What the stores of a machine keep of what was removed from them. */
export interface Remains {
  /**
   * Deletes the files that were set aside as damaged and are of these objects, packets or uploads. Returns the folders
   * that may hold more of them, which a person deletes. `kept`: uploads with papers of others.
   */
  eraseSetAside(erased: { ids: string[]; kept: string[]; objects: CaseObject[] }): Promise<string[]>;
  /** Takes the bytes of removed records off the disk. False: something still holds them. */
  purge(): Promise<boolean>;
}

/** Of AWS, which gives out no file. */
export const NO_REMAINS: Remains = { eraseSetAside: async () => [], purge: async () => true };

/** Everything of a case was removed, and its bytes are still on the disk: the erasure stays open. */
export class BytesHeldError extends Error {
  override name = 'BytesHeld';
  constructor() {
    super('removed records are still on the disk');
  }
}
