import type { DocumentKind } from '../../../vocabulary/document-kinds.ts';
import type { FieldName } from '../../document.ts';
import { BODY_OPTIONS, RESPONSIBLE } from './notification-bodies.ts';
import { LEVEL_LABELS, LEVELS, spreadLevels } from './person.ts';

/** A printed choice of one option among several. */
export interface Choice {
  field: FieldName;
  /** forms that print it; every form where left out */
  kinds?: DocumentKind[];
  /** its options, as a message names them */
  words: string[];
  /** labels beside which the options are printed; any line where left out */
  labels?: string[];
  /** lines that print the words for another reason */
  without?: RegExp;
  /** words that say in place of a mark that no option applies */
  noneApplies?: RegExp;
  /** writes out options that share a word: 「要支援1・2」 */
  spread?: (text: string) => string;
  /** a decision rests on it, so a person must look; otherwise the office is only informed */
  isDecisive: boolean;
}

/** Labels beside which a 評価表 prints whether the plan continues. */
export const RESULT_LABELS = [
  '今後の方針',
  '評価結果',
  '結果',
  'プラン',
  '計画の継続の要否',
  '計画継続の要否',
  '継続の要否',
  '計画の見直しの要否',
  '計画の要否',
];

const NOTIFICATIONS: DocumentKind[] = ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'];
/** Forms of which the level is read. */
const CERTIFIED: DocumentKind[] = [
  ...NOTIFICATIONS,
  'hihokenshasho',
  'riyosha_kihon_joho',
  'shien_keikakusho',
  'zantei_plan',
];

/** The choices of all forms whose value is read. */
const CHOICES: Choice[] = [
  {
    field: 'hyoka_result',
    kinds: ['hyokahyo', 'hyoka_record'],
    words: ['プラン継続', 'プラン変更', '終了'],
    isDecisive: true,
  },
  {
    field: 'hyoka_result',
    kinds: ['hyokahyo', 'hyoka_record'],
    words: ['継続', '変更', '終了'],
    labels: RESULT_LABELS,
    isDecisive: true,
  },
  {
    field: 'notification_kind',
    kinds: NOTIFICATIONS,
    words: ['新規', '変更'],
    without: /依頼|届出書|変更年月日|変更する/,
    isDecisive: true,
  },
  {
    field: 'notification_responsible',
    kinds: NOTIFICATIONS,
    words: BODY_OPTIONS,
    labels: RESPONSIBLE,
    isDecisive: true,
  },
  {
    field: 'certification',
    kinds: CERTIFIED,
    words: LEVELS,
    labels: LEVEL_LABELS,
    noneApplies: /(?<![□○☐・･／/])(認定(なし|無し)|未認定)(?![・･／/])/u,
    spread: spreadLevels,
    isDecisive: true,
  },
  {
    field: 'commissioned',
    kinds: ['shien_keikakusho', 'zantei_plan'],
    words: ['有', '無'],
    labels: ['委託の有無', '委託区分'],
    isDecisive: false,
  },
  { field: 'cert_status', kinds: CERTIFIED, words: ['認定済', '申請中'], isDecisive: false },
  { field: 'sex', words: ['男', '女'], labels: ['性別'], isDecisive: false },
];

/** The choices a form prints. */
export const choicesOf = (kind: DocumentKind): Choice[] =>
  CHOICES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));

/** The words of all choices. */
export const optionWords = (): string[] => [...new Set(CHOICES.flatMap(({ words }) => words))];
