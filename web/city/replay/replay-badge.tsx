import { Badge, type Tone } from '../../shared/ui/badge.tsx';
import type { ListedReplay } from './replay-queries.ts';

const STATES: Record<ListedReplay['state'], [Tone, string]> = {
  waiting: ['wait', '順番待ち'],
  running: ['wait', '調べています'],
  done: ['good', '調べ終えた'],
  stopped: ['soft', '途中で止めた'],
};

export function ReplayBadge({ replay }: { replay: Pick<ListedReplay, 'state'> }) {
  const [tone, text] = STATES[replay.state];
  return <Badge tone={tone}>{text}</Badge>;
}
