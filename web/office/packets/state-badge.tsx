import { PACKET_STATE_NAMES, type PacketState } from '../../../shared/vocabulary/packet-state.ts';
import { Badge, type Tone } from '../../shared/ui/badge.tsx';

const TONES: Record<PacketState, Tone> = {
  sent: 'soft',
  received: 'soft',
  reviewing: 'wait',
  accepted: 'good',
  returned: 'bad',
  withdrawn: 'soft',
};

/** 送信済, 受付, 審査中, 受理, 返戻, 取下げ: one word for one state. */
export const StateBadge = ({ state }: { state: PacketState }) => (
  <Badge tone={TONES[state]}>{PACKET_STATE_NAMES[state]}</Badge>
);
