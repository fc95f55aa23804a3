import type { Papers } from '../../cover-sheet/papers.ts';
import type { ReadDocument } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { cityKey, cityName, cityOfInsurer } from '../../profiles/cities.ts';
import { nameKey } from '../../text/normalise.ts';
import type { CityContext } from './find-city.ts';

/** The papers of the part of a month that is judged, and the finding about the other part. */
export interface OwnPart {
  papers: Papers;
  findings: Finding[];
}

/**
 * A person who moves into another city within the month has two insurers and two numbers there, and a 給付管理票 for each.
 * Where papers carry two numbers of two insurers and nothing shows two persons, the part of the city at hand is judged:
 * the one on the cover, else one this desk has rules for, else the later one. Papers of one insurer stay as they are.
 */
export function splitMoved(papers: Papers, context: CityContext): OwnPart {
  const parts = partsOf(papers.documents);
  if (parts.length !== 2 || parts[0]!.insurer === parts[1]!.insurer || areTwoPersons(parts))
    return { papers, findings: [] };
  const own = ownPart(parts, papers, context);
  const other = parts.find((part) => part !== own)!;
  const documents = papers.documents.filter((document) => !other.documents.includes(document));
  return { papers: { ...papers, documents }, findings: [moved(own, other)] };
}

interface Part {
  insurer: string;
  documents: ReadDocument[];
}

/** Documents by their insurer and number; a document with several, or with neither, belongs to no part. */
function partsOf(documents: ReadDocument[]): Part[] {
  const parts = new Map<string, Part>();
  for (const document of documents.filter((d) => d.outcome === 'used')) {
    const [insurer, ...insurers] = valuesOf(document, 'insurer_number');
    const [insured, ...persons] = valuesOf(document, 'insured_number');
    if (!insurer || !insured || insurers.length > 0 || persons.length > 0) continue;
    const key = `${insurer}|${insured}`;
    parts.set(key, { insurer, documents: [...(parts.get(key)?.documents ?? []), document] });
  }
  return [...parts.values()];
}

const valuesOf = (
  { readings }: ReadDocument,
  field: 'insurer_number' | 'insured_number' | 'name' | 'birth_date',
): string[] => [
  ...new Set(readings.filter((r) => r.field === field && !r.uncertain).map((r) => String(r.value))),
];

/** Both parts print a name or a birth date, and not the same. */
function areTwoPersons([one, other]: Part[]): boolean {
  const values = (part: Part | undefined, field: 'name' | 'birth_date'): string[] =>
    (part?.documents ?? []).flatMap((document) => valuesOf(document, field)).map(nameKey);
  return (['name', 'birth_date'] as const).some((field) => {
    const [a, b] = [values(one, field), values(other, field)];
    return a.length > 0 && b.length > 0 && !a.some((value) => b.includes(value));
  });
}

function ownPart(parts: Part[], { cover: { cover } }: Papers, context: CityContext): Part {
  const named = context.city ?? (cover.city ? cityKey(cover.city) : undefined);
  const served = parts.filter(({ insurer }) => cityOfInsurer(insurer));
  return (
    parts.find(({ insurer }) => named !== undefined && cityOfInsurer(insurer) === named) ??
    (served.length === 1 ? served[0]! : lastUsed(parts))
  );
}

/** The part with the later day of use. */
const lastUsed = (parts: Part[]): Part => parts.toSorted((a, b) => (lastDay(a) < lastDay(b) ? 1 : -1))[0]!;
const lastDay = ({ documents }: Part): string =>
  documents
    .flatMap(({ readings }) => readings.flatMap(({ value }) => daysIn(value)))
    .sort()
    .at(-1) ?? '';
const daysIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && 'days' in value ? (value.days as string[]) : [];

const moved = (own: Part, other: Part): Finding =>
  fileFinding(
    'F_PACKET_MOVED',
    'review',
    { file: other.documents[0]!.file },
    `月の途中で保険者が変わった（転入・転出した）利用者とみられます。保険者 ${described(own)}と、保険者 ${described(other)}が一つの提出にあります。保険者と被保険者番号が変わると、給付管理票は保険者ごとに一枚ずつになるため、${placeOf(own)}の分だけで審査しました。`,
    `${placeOf(other)}の分を抜いて、その市町村の窓口へ提出してください。転入の日と新しい被保険者番号が分かる被保険者証の写しを添えてください。別の利用者の書類が混ざっているのであれば、抜いて出し直してください。`,
  );

const described = ({ insurer, documents }: Part): string =>
  `${insurer} の分（${documents.map(({ file }) => file).join('、')}）`;

const placeOf = ({ insurer }: Part): string => {
  const city = cityOfInsurer(insurer);
  return city ? cityName(city) : `保険者 ${insurer}`;
};
