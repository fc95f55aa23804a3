import { eraText } from '../calendar/wareki.ts';
import type { Contact } from '../registry/registry-schema.ts';
import type { Notice } from './notice.ts';

/** The rules and the papers a notice is about; papers that were not read were judged by no rules. */
export const basisText = ({ edition, packet_id }: Pick<Notice, 'edition' | 'packet_id'>): string =>
  `${edition ? `判定に用いた規則の版: ${edition} ／ ` : ''}書類一式の番号: ${packet_id}`;

/** Until when a correction is expected, or that no day is set. */
export const correctionText = ({ correction_due }: Pick<Notice, 'correction_due'>): string =>
  correction_due
    ? `${eraText(correction_due)}までに補正してください。`
    : '補正の期限は定められていません。できるだけ早くお送りください。';

/** Where to ask, a line each; none where the registry names nothing. */
export const contactText = (contact: Contact | null): string[] =>
  [contact?.department, contact?.address, contact?.telephone && `電話 ${contact.telephone}`].filter(
    (line) => typeof line === 'string',
  );

/** How a document was read, where the office should know. */
export const readByText = (how: string): string =>
  how === 'none' ? '（自動では読み取れていません）' : how === 'ocr' ? '（画像から読み取り）' : '';
