import { type Finding, fileFinding, type Where } from './finding.ts';

/** What an office reads where a fault of ours kept a file from being read: no error of the office, nothing to fix. */
export function deskFault(where: Where & { file: string }): Finding {
  const page = where.page ? `の${where.page}ページ` : '';
  return fileFinding(
    'F_FILE_DESK_FAULT',
    'review',
    where,
    `「${where.file}」${page}は、受付のプログラムの不具合により読み取れませんでした。書類の誤りではありません。担当者が目で確かめます。`,
    '事業所の対応は不要です。受付で不具合を調べて直します。',
  );
}

export const isDeskFault = ({ code }: Pick<Finding, 'code'>): boolean => code === 'F_FILE_DESK_FAULT';
