import type { Papers } from '../cover-sheet/papers.ts';
import type { CityContext } from '../facts/identify/find-city.ts';
import { identify } from '../facts/identify.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Packet } from '../packet/packet.ts';

/**
 * Whether an office sent papers of one kind and nothing else, which name no month: rather the one paper that was asked for
 * than a month of its own. The day of a plan says nothing of the month it was asked for.
 */
export function isLone(papers: Papers, context: CityContext): boolean {
  const { packet, cover, documents } = papers;
  if (!packet.isWholeUpload || cover.files.length > 0) return false;
  const kinds = new Set(documents.map(({ kind, title }) => kind ?? title));
  if (kinds.size !== 1) return false;
  return identify(papers, context).identity.month.shown?.state === 'assumed';
}

export function loneFinding({ files }: Packet): Finding {
  const names = files.map(({ path }) => `「${path}」`).join('');
  return fileFinding(
    'F_PACKET_LONE',
    'review',
    { file: files[0]?.path },
    `${names}だけが送られ、サービス提供月の書かれた書類がないため、どの月のどの提出の書類か分かりません。一つの月の提出としては審査していません。`,
    '前に送った提出の書類であれば、その提出の画面の「書類を追加・差し替え」から送り直してください。新しい提出であれば、その月の利用票などと一緒に送ってください。',
  );
}
