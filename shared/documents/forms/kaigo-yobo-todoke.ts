import { findDates } from '../../calendar/wareki.ts';
import { addresseeIn } from '../../profiles/bodies.ts';
import type { Reading } from '../document.ts';
import { bodyReadings } from './fields/notification-bodies.ts';
import { addressReadings, certificationReadings, personReadings } from './fields/person.ts';
import {
  dateReading,
  type FormReader,
  inLine,
  markedReading,
  optionReading,
  reading,
} from './fields/readings.ts';
import { firstDate, section, signatureReadings } from './fields/signature.ts';
import { plainText } from './text/compact-line.ts';
import type { FormText } from './text/form-text.ts';
import { chosenOptions } from './text/marks.ts';
import { valuesOf } from './text/value-beside.ts';

/** サービス計画作成依頼（変更）届出書 in all its titles. */
export const notificationReader: FormReader = (form, title) => [
  ...personReadings(form),
  ...addressReadings(form),
  ...certificationReadings(form),
  reading(form, 'notification_form', title.replace(/\s/g, ''), {
    page: form.lines[0]?.page ?? 1,
    text: title,
  }),
  ...kindReading(form),
  ...addresseeReading(form),
  ...bodyReadings(form),
  ...dateReading(form, 'notification_date', '届出年月日', '届出日', '提出日', '提出年月日')
    .concat(topDate(form))
    .slice(0, 1),
  ...dateReading(
    form,
    'notification_effective',
    '適用年月日',
    '適用開始年月日',
    '適用日',
    '変更年月日',
    '変更日',
    '事業所変更年月日',
  ).slice(0, 1),
  ...filedOffice(form),
  ...filerSignature(form),
  ...attachmentReading(form),
];

const KINDS = { 新規: '新規', 変更: '変更' };

/** 区分 新規・変更. The title and other fields print 変更 too, so only marks count there. */
function kindReading(form: FormText): Reading[] {
  const labelled = optionReading(
    form,
    'notification_kind',
    KINDS,
    '区分',
    '届出区分',
    '届出の区分',
    '届出種別',
    '届出の別',
    '新規・変更の別',
    '新規変更の別',
  );
  if (labelled.length > 0) return labelled;
  const lines = form.lines.filter((line) => !/依頼|届出書|変更年月日|変更する/.test(line.text));
  const marked = markedReading({ ...form, lines }, 'notification_kind', KINDS);
  return marked.length > 0 ? marked : statedKind(form);
}

/** 「区分：変更」: the word alone beside its label. Both words are labels of the form too, so `valuesOf` does not find them. */
function statedKind(form: FormText): Reading[] {
  for (const line of form.lines) {
    const kind = /(?:区分|種別|の別)[)\]]?:?[(]?(新規|変更)[)]?(?:届出?|申請)?$/.exec(line.text)?.[1];
    if (kind) return [reading(form, 'notification_kind', kind, inLine(line))];
  }
  return [];
}

/** The addressee beside 宛先, or printed before 様・殿・宛・あて. */
function addresseeReading(form: FormText): Reading[] {
  const beside = valuesOf(form, '宛先', '提出先', '届出先', '宛名', 'あて先').find(
    (found) => found.text !== '',
  );
  if (beside) return addressee(form, beside);
  for (const line of form.lines.slice(0, 15)) {
    if (!/(?:様|殿|宛て?|あて|御中)\)?$/.test(line.text) && !/長(?:様|殿|宛|あて)/.test(line.text)) continue;
    if (/利用者|被保険者|氏名/.test(line.text)) continue;
    return addressee(form, inLine(line));
  }
  return [];
}

function addressee(form: FormText, place: { text: string; page: number; spaced: string }): Reading[] {
  const body = addresseeIn(place.text);
  return body ? [reading(form, 'notification_to', body, place)] : [];
}

/** Lines with a place for a seal, when no sentence says where the signature begins. */
const sealedLines = (form: FormText): FormText => ({
  ...form,
  lines: form.lines.filter((line) => /氏名.*[(]?[印㊞][)]?$/u.test(line.text)),
});

/** Signed by the user at the foot: 「氏名」 after the sentence that the request is filed. */
function filerSignature(form: FormText): Reading[] {
  const labels = [
    '届出者氏名',
    '届出者署名',
    '届出人氏名',
    '被保険者署名',
    '利用者署名',
    '署名',
    '氏名(署名)',
  ];
  const own = signatureReadings(form, { signed: 'notification_signed' }, labels);
  if (own.length > 0) return own;
  const foot = section(form, /届け?出(?:し?ます|いたします)/, 8) ?? sealedLines(form);
  return signatureReadings(foot, { signed: 'notification_signed' }, [
    '氏名',
    '被保険者氏名',
    '利用者氏名',
    '被保険者',
  ]);
}

/** Name and number of the office both filled in. */
function filedOffice(form: FormText): Reading[] {
  const numbers = valuesOf(form, '事業所番号');
  const names = valuesOf(form, '事業所名', '事業所名称', '名称', '事業所の名称');
  if (numbers.length === 0 || names.length === 0) return [];
  const filled = numbers.find((found) => /[0-9]{10}/.test(found.text));
  const named = names.find((found) => found.text.length > 1);
  const place = filled ?? numbers[0];
  if (!place) return [];
  return [
    reading(form, 'notification_office_filled', Boolean(filled && named), {
      page: place.page,
      text: place.text || `${place.label}（空欄）`,
    }),
  ];
}

/** A date standing alone near the top is the day of filing. */
function topDate(form: FormText): Reading[] {
  const top = form.lines.slice(0, 8).filter((line) => {
    const date = findDates(line.text)[0];
    return (
      date && plainText(date.raw).length >= line.text.length - 8 && !/生年月日|認定|開始|変更/.test(line.text)
    );
  });
  return firstDate({ ...form, lines: top }, 'notification_date');
}

const CARDS = ['介護保険被保険者証', '被保険者証', '介護保険証', '介護保険資格者証', '資格者証'];

/** 被保険者証 named among the attachments, and not with an empty box before it. */
function attachmentReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, '添付書類', '添付', '添付資料', '提出書類')) {
    const named = CARDS.some((card) => found.text.includes(card));
    // with boxes only what is marked is attached; without them what is named
    if (named && (!/[□■☑☒✓●○]/u.test(found.text) || chosenOptions(found.text, CARDS).length > 0))
      return [reading(form, 'notification_attachment', 'hihokenshasho', found)];
  }
  for (const line of form.lines)
    if (/[■☑☒✓●][^□]{0,8}(?:被保険者証|介護保険証)/.test(line.text))
      return [reading(form, 'notification_attachment', 'hihokenshasho', inLine(line))];
  return [];
}
