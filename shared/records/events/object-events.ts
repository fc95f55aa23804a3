import type { EventBase } from './event-base.ts';

/** A copy is being put: until its version is recorded, a new version of its size may be this copy. */
export interface ObjectCopying extends EventBase<'object.copying'> {
  upload_id: string;
  /** sha256, hex */
  digest: string;
  /** bytes */
  size: number;
}

/** A version the desk put itself: an upload without some of its files. A late notification of it belongs to the upload. */
interface ObjectCopied extends EventBase<'object.copied'> {
  upload_id: string;
  version_id: string;
  /** sha256, hex */
  digest: string;
}

/** A version such a copy replaced. */
interface ObjectReplaced extends EventBase<'object.replaced'> {
  upload_id: string;
  version_id: string;
}

/** A version of an object that is no upload of its own. */
export type KnownVersion = ObjectCopied | ObjectReplaced;
