import { type Finding, fileFinding } from '../findings/finding.ts';
import { placeText } from '../findings/place-text.ts';
import type { Unassigned } from './assign.ts';

const SHOWN = 5;

/** Papers of an upload of several persons that lead to no one: which they are, and what was tried. */
export function unassignedFinding(unassigned: Unassigned[]): Finding {
  const places = unassigned.map(({ piece: { file, rows, pages } }) => {
    const row = rows?.[0]?.row;
    return { file: file.entry.path, ...(row && { row }), ...(pages && { page: pages.from }) };
  });
  const named = places.slice(0, SHOWN).map(placeText).join('、');
  const more = places.length > SHOWN ? ` ほか ${places.length - SHOWN} か所` : '';
  const isSameName = unassigned.some(({ why }) => why === 'same_name');
  const why = isSameName
    ? '同じ氏名の利用者が二人以上いて、被保険者番号がないため、どちらの書類か決められません'
    : '被保険者番号、利用者の氏名、前のページ、ファイルとフォルダーの名前のどれからも、どの利用者の書類か分かりません';
  return fileFinding(
    'F_PACKET_UNASSIGNED',
    'review',
    places[0] ?? {},
    `${named}${more}: ${why}。どの利用者の審査にも使っていません。`,
    '被保険者番号が書かれた書類にするか、ファイルの名前に被保険者番号を入れて、その利用者の分を出し直してください。どの利用者の書類でもなければ、対応は不要です。',
  );
}
