import { useWords } from '../../shared/api/session.ts';
import { timeText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import type { Detail } from './item-query.ts';

type Entry = Detail['history'][number];

const WHATS: Record<Entry['what'], string> = {
  decided: '判定',
  'review.claimed': '担当',
  'review.released': '担当を解いた',
  'review.handed_over': '引き渡し',
  'review.set_aside': '保留',
  'review.ticked': 'チェック',
  'review.answered': '答えの記録',
  'review.received': '書類の到着',
  'review.advised': '助言',
  'review.file_removed': 'ファイルの除去',
  'review.withdrawal_asked': '取下げの申出',
  'review.withdrawal_refused': '取下げを認めない',
  'review.closed': '確認の終わり',
};
const BECAUSE: Record<NonNullable<Entry['because']>, string> = {
  ocr: '画像を読み取ったため',
  beside: '一緒に送られた画像を読み取ったため',
  rivals: '別の事業所の書類が届いたため',
  answers: '担当者の入力により',
  reviewed: '確認が終わったため',
};

/** What happened to the packet, the newest first. */
export function History({ detail: { history } }: { detail: Detail }) {
  const words = useWords();
  return (
    <section>
      <h2>経過</h2>
      <ol className="history">
        {history.map((entry) => (
          <li key={`${entry.at} ${entry.what}`}>
            <time dateTime={entry.at}>{timeText(entry.at)}</time> <strong>{WHATS[entry.what]}</strong>{' '}
            {entry.decision && word({ ...words.decisions, ...words.reviews }, entry.decision)}{' '}
            {entry.because && `（${BECAUSE[entry.because]}）`} {entry.by} {entry.reason}
          </li>
        ))}
      </ol>
    </section>
  );
}
