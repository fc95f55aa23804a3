import type { Box } from '../../pages/geometry.ts';
import type { PageText } from '../../pages/page-text.ts';
import { type CompactLine, compactLines } from './compact-line.ts';
import { type FormLabels, type LabelIndex, labelIndex, withoutPlaces } from './find-labels.ts';

/** The pages of one form, prepared for looking up values by their labels. */
export interface FormText {
  file: string;
  lines: CompactLine[];
  /** labels of this form and of every form; a value ends where one begins */
  labels: FormLabels;
  /** pictures by page, each of which may be a seal or a handwritten name; `null` where their position is unknown */
  pictures: Map<number, Box[] | null>;
}

export function formText(file: string, pages: PageText[], labels: string[]): FormText {
  return {
    file,
    lines: pages.flatMap(compactLines),
    labels: withoutPlaces(indexOf(labels)),
    pictures: new Map(pages.map((page) => [page.page, page.hasImages ? (page.imageBoxes ?? null) : []])),
  };
}

/** The labels of a kind are one list (`labelsOf`), so that they are indexed once. */
function indexOf(labels: string[]): LabelIndex {
  let index = indexes.get(labels);
  if (!index) {
    index = labelIndex([...labels, ...COMMON_LABELS]);
    indexes.set(labels, index);
  }
  return index;
}
const indexes = new WeakMap<string[], LabelIndex>();

/** Labels every form may carry beside its own. */
const COMMON_LABELS = [
  '要介護状態区分等',
  '要介護状態区分',
  '要支援状態区分',
  '区分支給限度基準額',
  '認定年月日',
  '認定の有効期間',
  '届出年月日',
  '作成年月日',
  '計画作成者氏名',
  'サービスの種類の指定',
  '被保険者番号',
  '保険者番号',
  '保険者名',
  '氏名',
  'フリガナ',
  'ふりがな',
  '性別',
  '生年月日',
  '住所',
  '所在地',
  '電話番号',
  '電話',
  'TEL',
  '事業所番号',
  '事業所名',
  '郵便番号',
  '続柄',
  '署名',
  '捺印',
  '印鑑',
  '備考',
];

/** Letters' heights above and below a line within which a picture belongs to it: a seal is larger than the text. */
const NEAR = 2.5;

/** True when a picture (a seal, a handwritten name) may be in the field of this line. */
export function isPictured(form: FormText, { line, page }: CompactLine): boolean {
  const boxes = form.pictures.get(page);
  if (boxes === null) return true;
  const reach = NEAR * line.size;
  const left = line.cells[0]?.x ?? 0;
  return (boxes ?? []).some(
    (box) => box.right > left && box.y < line.y + reach && box.bottom > line.y - reach,
  );
}
