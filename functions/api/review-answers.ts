import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';
import { checkReading } from '../../shared/cover-sheet/check-reading.ts';
import { ANY } from '../../shared/documents/confirmed-readings.ts';
import { type Finding, findingKey, type PictureReading } from '../../shared/findings/finding.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { printableShort } from '../../shared/text/printable.ts';
import type { answering } from './review-input.ts';

type Answers = z.infer<typeof answering>['answers'];
type ReadingAnswer = Extract<Answers[number], { kind: 'reading' }>;

/**
 * The answers, where each is about something the item asks: a finding of it, or a value that was read from a picture of it.
 * What a reviewer sees in a picture counts wherever the file is sent, so it is taken of the files of the item alone.
 * @throws HTTPException 400 with what may stand there
 */
export async function answersAbout(
  { results }: Pick<RecordContext, 'results'>,
  item: ReviewItem,
  answers: Answers,
): Promise<Answers> {
  requirePacket(item);
  if (answers.every(({ kind }) => kind === 'fact')) return answers;
  // The item has the first findings alone, and of those answered before no key.
  const { findings } = await results.readVerdict(item);
  const keys = new Set(findings.map(findingKey));
  const readings = findings.flatMap((finding) => finding.readings ?? []);
  return answers.map((answer) => {
    if (answer.kind === 'reading') return readingAbout(readings, answer);
    if (answer.kind === 'finding' && !keys.has(answer.key)) throw noSuchFinding(answer.key, findings);
    return answer;
  });
}

/** What is entered of papers belongs to the item of their packet. @throws HTTPException 400 */
export function requirePacket({ about_packet }: ReviewItem): void {
  if (about_packet)
    throw refusal(
      'これは、まだ届いていない書類についての確認です。届いた書類のことは、その書類一式の確認に記録してください。',
    );
}

function readingAbout(readings: PictureReading[], answer: ReadingAnswer): ReadingAnswer {
  const { digest, field, read, value } = answer;
  const asked = readings.filter((one) => one.digest === digest && one.field === field);
  if (asked.length === 0) throw noSuchReading(answer, readings);
  const values = asked.flatMap((one) => one.values);
  if (read === ANY || value === ANY) {
    if (read === value) return answer;
    throw refusal(
      `読み取った値のすべてを確かめたときは、read と value の両方に「${ANY}」を指定してください。`,
    );
  }
  const [{ label }] = asked as [PictureReading];
  if (!values.includes(read))
    throw refusal(
      `「${label}」を「${printableShort(read)}」とは読み取っていません。read に書けるのは ${values.join('、')} か ${ANY} です。${REOPEN}`,
    );
  if (values.includes(value)) return answer;
  const checked = checkReading(field, values, value);
  if ('expected' in checked)
    throw refusal(`「${label}」の正しい値 (value) は、${checked.expected}指定してください。`);
  return { ...answer, value: checked.value };
}

const REOPEN = '画面を開き直してください。';

/** Most entries a message lists. */
const MOST_LISTED = 20;

function noSuchReading({ digest, field }: ReadingAnswer, readings: PictureReading[]): HTTPException {
  const names = new Set(
    readings.map((one) => `${one.label} (${one.field}、${one.where.file ?? ''} ${one.digest})`),
  );
  return refusal(
    `「${printableShort(field)}」（ファイル ${digest}）は、この確認で画像と見比べる項目ではありません。${listed([...names])}${REOPEN}`,
  );
}

const noSuchFinding = (key: string, findings: Finding[]): HTTPException =>
  refusal(
    `指摘 (key) の「${key}」は、この確認にはありません。${listed(findings.map((one) => `${findingKey(one)} (${one.code})`))}${REOPEN}`,
  );

function listed(possible: string[]): string {
  if (possible.length === 0) return '書けるものは、この確認にはありません。';
  const more = possible.length > MOST_LISTED ? ' など' : '';
  return `書けるのは ${possible.slice(0, MOST_LISTED).join('、')}${more} です。`;
}

const refusal = (message: string): HTTPException => new HTTPException(400, { message });
