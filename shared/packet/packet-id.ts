import { createHash } from 'node:crypto';

/** A packet is its owner and its contents: the same bytes again are the same packet. */
export const packetId = (owner: string | null, digest: string): string => idOf(`${owner ?? ''}\n${digest}`);

/** The packet that the same bytes are once this one was withdrawn. */
export const packetIdAfter = (withdrawn: string): string => idOf(`${withdrawn}\nwithdrawn`);

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
