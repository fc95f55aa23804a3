import { createHash } from 'node:crypto';

/** A packet is its owner and its contents: the same bytes again are the same packet. */
export const packetId = (owner: string | null, digest: string): string =>
  createHash('sha256')
    .update(`${owner ?? ''}\n${digest}`)
    .digest('hex')
    .slice(0, 32);
