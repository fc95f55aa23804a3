import { type Finding, fileFinding } from '../findings/finding.ts';
import type { PacketFile, StrayPart } from '../packet/packet.ts';
import { blankDocument } from './blank-document.ts';
import type { ReadDocument } from './document.ts';

/** The documents of a file that was read before its upload was split, or of a part that is not used. */
export async function readBefore(file: PacketFile): Promise<ReadDocument[]> {
  const { rows, stray } = file.part ?? {};
  const read = file.documents ? (JSON.parse(await file.documents()) as ReadDocument[]) : [];
  if (!stray) return read;
  if (rows) {
    const count = rows.spans.reduce((sum, span) => sum + span.count, 0);
    const where = { file: file.path, row: rows.spans[0]?.row ?? 1 };
    const place = `${where.row}行目${count > 1 ? `など${count}行` : ''}`;
    return [strayDocument(blankDocument(file, { rows: count }), strayFinding(where, place, stray))];
  }
  const pages = file.part?.pages?.map((span) => blankDocument(file, { pages: span }));
  const documents = read.length > 0 ? read : (pages ?? [blankDocument(file)]);
  return documents.map((document) => {
    const page = document.pages?.from;
    const where = { file: file.path, ...(page && { page }) };
    return strayDocument(document, strayFinding(where, page ? `${page}ページ` : '内容', stray));
  });
}

/** Rows of a provider's file are set aside without a fault; any other paper of another person is one. */
export const strayFinding = (
  where: { file: string; row?: number; page?: number },
  place: string,
  { persons, isShared }: StrayPart,
): Finding =>
  isShared
    ? fileFinding(
        'F_PACKET_TWO_PERSONS',
        'info',
        where,
        `「${where.file}」の${place}は、別の利用者（${persons}人）の実績です。この利用者の審査には使っていません。`,
        'サービス事業所の実績のファイルに利用者全員の行があるのは標準仕様のとおりで、直す必要はありません。別の利用者の分は、その利用者の計画の書類と一緒に送ってください。',
      )
    : fileFinding(
        'F_PACKET_TWO_PERSONS',
        'error',
        where,
        `「${where.file}」の${place}は、別の利用者の書類です。この利用者の書類に混ざっているため、審査に使っていません。`,
        '混ざった書類を抜いて、この利用者の書類だけを出し直してください。抜いた書類は、正しい利用者の書類と一緒に送ってください。',
      );

/** A document of another person: counted, and not used. */
export const strayDocument = (document: ReadDocument, finding: Finding): ReadDocument => ({
  ...document,
  outcome: 'unsupported',
  readings: [],
  findings: [finding],
});
