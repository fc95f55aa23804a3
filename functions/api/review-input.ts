import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { isIsoDate } from '../../shared/calendar/wareki.ts';
import { checkFact, unknownMember } from '../../shared/cover-sheet/check-value.ts';
import { TICKS } from '../../shared/records/events/review-events.ts';
import { hasControl, printableShort } from '../../shared/text/printable.ts';
import { REVIEW_DECISIONS } from '../../shared/vocabulary/category.ts';
import { factLabel, isDerivedFact, isFactPath } from '../../shared/vocabulary/fact-labels.ts';
import { REVIEW_DECISION_NAMES } from '../../shared/vocabulary/names.ts';

/** Most letters of a reason. */
const LONGEST_REASON = 500;

const reason = z
  .string()
  .trim()
  .max(LONGEST_REASON)
  .refine((text) => !hasControl(text.replaceAll('\n', '')))
  .nullish();
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((one) => !hasControl(one));
const day = z.string().refine(isIsoDate);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** who did it, where the operator of a desk on one machine is not signed in */
const by = z.string().trim().min(1).max(100).optional();

export const closing = z.strictObject({ decision: z.enum(REVIEW_DECISIONS), reason, by });
export const claiming = z.strictObject({ by });
export const handingOver = z.strictObject({ to: text(100), by });
export const settingAside = z.strictObject({ until: day.nullable(), reason, by });
export const ticking = z.strictObject({ line: text(400), answer: z.enum(TICKS).nullable(), by });
export const receiving = z.strictObject({ document: text(60), on: day, reason, by });
export const removing = z.strictObject({ digest, reason, by });
export const answeringWithdrawal = z.strictObject({ accept: z.boolean(), reason, by });
export const answering = z.strictObject({
  answers: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('fact'), path: text(100), value: z.unknown() }),
        z.strictObject({
          kind: z.literal('finding'),
          key: z.string().regex(/^[0-9a-f]{32}$/),
          holds: z.boolean(),
          remember: z.boolean(),
        }),
        z.strictObject({
          kind: z.literal('reading'),
          digest,
          field: text(60),
          read: text(500),
          value: text(500),
        }),
      ]),
    )
    .min(1)
    .max(100),
  reason,
  by,
});

/** @throws HTTPException 400 with what is expected */
export function readClosing(raw: unknown): z.infer<typeof closing> {
  const input = closing.safeParse(raw);
  if (!input.success)
    throw refusal(
      `確認の結果 (decision) を ${REVIEW_DECISIONS.map((key) => `${key}（${REVIEW_DECISION_NAMES[key]}）`).join('、')} のどれかで、理由 (reason) を${LONGEST_REASON}字までで指定してください。`,
    );
  if (input.data.decision !== 'confirmed' && !input.data.reason)
    throw refusal('助言または差戻しのときは、理由 (reason) を書いてください。');
  return input.data;
}

/** @throws HTTPException 400 with what is expected */
export function readWithdrawalAnswer(raw: unknown): z.infer<typeof answeringWithdrawal> {
  const input = answeringWithdrawal.safeParse(raw);
  if (!input.success) throw refusal('取下げを認めるか (accept) を指定してください。');
  if (!input.data.accept && !input.data.reason)
    throw refusal('取下げを認めないときは、事業所に伝える理由 (reason) を書いてください。');
  return input.data;
}

/** @param expected a sentence: what has to be given */
export const accept =
  <S extends z.ZodType>(schema: S, expected: string) =>
  (raw: unknown): z.output<S> => {
    const input = schema.safeParse(raw);
    if (!input.success) throw refusal(expected);
    return input.data;
  };

/** Checks the facts among answers as those of a 送付票. @throws HTTPException 400 */
export function readAnswers(raw: unknown): z.infer<typeof answering> {
  const input = accept(
    answering,
    '答え (answers) を一つ以上、種類 (kind) ごとの項目とともに指定してください。',
  )(raw);
  const answers = input.answers.map((answer) => {
    if (answer.kind !== 'fact') return answer;
    if (!isFactPath(answer.path))
      throw refusal(
        `「${printableShort(answer.path)}」は、答えられる項目ではありません。画面を開き直してください。`,
      );
    if (isDerivedFact(answer.path))
      throw refusal(
        `「${factLabel(answer.path)}」は、ほかの項目から受付が決めるため、答えられません。元になる項目に答えてください。`,
      );
    const unknown = unknownMember(answer.path, answer.value);
    if (unknown)
      throw refusal(
        `「${factLabel(answer.path)}」の答えに「${printableShort(unknown.member)}」という項目はありません。書けるのは ${unknown.possible.join('、')} です。`,
      );
    const checked = checkFact(answer.path, answer.value);
    if ('expected' in checked) throw refusal(`答えは、${checked.expected}指定してください。`);
    return { ...answer, value: checked.value };
  });
  return { ...input, answers };
}

const refusal = (message: string): HTTPException => new HTTPException(400, { message });
