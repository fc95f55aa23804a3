import { answer, checkApi } from '../../shared/api/api.ts';
import type { Announced } from './send-file.ts';

/** Decides a file as if it were sent; nothing is stored. Throws DeskError, also where it is too large for that. */
export const checkFile = ({ name, joins }: Announced, file: Blob) =>
  answer(
    checkApi.checks.$post(
      { query: { name, ...(joins && { joins: joins.packet_id, replaces: joins.replaces }) } },
      { init: { body: file } },
    ),
  );

/** What a check gave: the packets with what would be decided of them. */
export type Checked = Awaited<ReturnType<typeof checkFile>>;
export type CheckedPacket = Checked['packets'][number];
