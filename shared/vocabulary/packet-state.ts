/**
 * What an office reads of a packet or an upload, in one word: the same on the page, in a notice, in a CSV and in the
 * terminal. sent: the bytes have not arrived yet. received: they wait for the decision. reviewing: a person looks at it.
 */
export type PacketState = 'sent' | 'received' | 'reviewing' | 'accepted' | 'returned' | 'withdrawn';

export const PACKET_STATE_NAMES: Record<PacketState, string> = {
  sent: '送信済',
  received: '受付',
  reviewing: '審査中',
  accepted: '受理',
  returned: '返戻',
  withdrawn: '取下げ',
};

/** An upload as a whole, as `UploadState` and before its file has arrived. */
export const UPLOAD_STATE_NAMES = {
  announced: '送信待ち',
  malware_scan: '受付（ウイルス検査中）',
  received: '受付（判定中）',
  finished: '判定済',
} as const;

/**
 * The state of a decided packet.
 * @param closed how a person ended its review; null where no person has
 */
export function packetState(
  line: { decision: string; withdrawn_at?: string | undefined },
  closed: { decision: string } | null,
): PacketState {
  if (line.withdrawn_at) return 'withdrawn';
  if (line.decision === 'return' || closed?.decision === 'returned') return 'returned';
  if (line.decision === 'accept') return 'accepted';
  return closed ? 'accepted' : 'reviewing';
}
