import { answer, checkApi } from '../../shared/api/api.ts';

/** Decides a file as if it were sent; nothing is stored. Throws DeskError, also where it is too large for that. */
export const checkFile = (name: string, file: Blob) =>
  answer(checkApi.checks.$post({ query: { name } }, { init: { body: file } }));

/** What a check gave: the packets with what would be decided of them. */
export type Checked = Awaited<ReturnType<typeof checkFile>>;
export type CheckedPacket = Checked['packets'][number];
