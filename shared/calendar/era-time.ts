import { japanTime } from './japan-time.ts';
import { eraText } from './wareki.ts';

/** A moment as a clock in Japan shows it: 令和8年6月12日 9:30 */
export function eraTime(iso: string): string {
  const [day = '', clock = ''] = japanTime(iso).split(' ');
  return `${eraText(day)} ${clock.replace(/^0/, '')}`;
}
