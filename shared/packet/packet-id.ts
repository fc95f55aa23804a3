import { createHash } from 'node:crypto';

/** A packet is its office and its contents: the same bytes again are the same packet. */
export const packetId = (office: string | null, digest: string): string =>
  createHash('sha256')
    .update(`${office ?? ''}\n${digest}`)
    .digest('hex')
    .slice(0, 32);
