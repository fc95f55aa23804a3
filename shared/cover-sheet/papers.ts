import type { ReadDocument } from '../documents/document.ts';
import type { Packet } from '../packet/packet.ts';
import { type ReadCover, withCoverSheet } from './read-cover.ts';
import { splitStack } from './split-stack.ts';

/** What is decided at a time: a packet, its 送付票 and the documents read from it. */
export interface Papers {
  packet: Packet;
  cover: ReadCover;
  documents: ReadDocument[];
}

/** Papers out of a packet. */
export interface SplitPapers extends Papers {
  /** the papers before OCR. The first part stays the packet that was received, the others are packets of their own. */
  received: Papers;
}

/**
 * The papers of a packet: all of them, or those of each person where printed 送付票 divide a stack.
 * @param received the packet, its cover and what was read of it without OCR
 * @param documents the same documents with the texts of OCR
 */
export function splitPapers(received: Papers, documents: ReadDocument[]): SplitPapers[] {
  return splitStack(received.packet, documents).map((part, i) => {
    const cover = part.sheet ? withCoverSheet(received.cover, part.sheet) : received.cover;
    const papers = { packet: part.packet, documents: part.documents, cover };
    return { ...papers, received: i === 0 ? received : papers };
  });
}
