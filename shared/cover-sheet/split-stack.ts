import { createHash } from 'node:crypto';
import type { ReadDocument } from '../documents/document.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { Packet, PacketFile } from '../packet/packet.ts';
import { type CoverSheet, decodeCover, encodeCover } from '../vocabulary/cover-code.ts';

/** One person's papers out of a stack, and the values of the 送付票 on top of them. */
export interface StackPart {
  packet: Packet;
  documents: ReadDocument[];
  sheet: CoverSheet | null;
}

/**
 * Splits a packet at the 送付票 in it: the papers after a sheet, in the order of files and pages, belong to it, and so
 * does a document anywhere that names the sheet's person. What belongs to no sheet is the first part. A packet with
 * one sheet or none is one part. Files that lie in several parts appear in each with its own pages only. Papers that
 * joined the packet of their person (shared/split/beside-scans.ts) are in no part.
 */
export function splitStack(packet: Packet, documents: ReadDocument[]): StackPart[] {
  const sheets = new Map<string, CoverSheet>();
  for (const document of documents) {
    const sheet = sheetOf(document);
    if (sheet) sheets.set(encodeCover(sheet), sheet);
  }
  const [only] = sheets;
  const { given = new Set() } = packet;
  // Papers of no one stay so, also beside a single sheet.
  if (sheets.size < (packet.isUnassigned ? 1 : 2))
    return only && given.has(only[0])
      ? [emptied(packet, documents)]
      : [{ packet, documents, sheet: only?.[1] ?? null }];

  const owner = assign(documents, sheets);
  const rest = documents.filter((document) => !owner.has(document));
  const parts = [...sheets]
    .filter(([code]) => !given.has(code))
    .map(([code, sheet]) => ({
      code,
      sheet,
      documents: documents.filter((document) => owner.get(document) === code),
    }));
  if (rest.length === 0 && parts.length === 0) return [emptied(packet, documents)];
  const isRestPart = rest.length > 0 || given.size > 0;
  const counted = new Set<string>();
  return [...(isRestPart ? [{ code: null, sheet: null, documents: rest }] : []), ...parts].map(
    ({ code, sheet, documents: own }, i) => {
      const part = partOf(packet, documents, own, counted, {
        isFirst: i === 0,
        name: sheet ? `${packet.name}／${sheet.insured_number}_${sheet.service_month}` : packet.name,
        code,
        isGone: (document) => given.has(owner.get(document) ?? ''),
      });
      return own.length > 0 ? { sheet, ...part } : { ...emptied(part.packet, documents) };
    },
  );
}

/** All papers of a packet have gone to the packets of their persons: it remains as the receipt of its files. */
function emptied(packet: Packet, documents: ReadDocument[]): StackPart {
  const files = packet.files.filter(({ path }) => !documents.some(({ file }) => file === path));
  const findings = [handedOver(documents)];
  return {
    packet: { ...packet, files, findings, isSplit: true, isUnassigned: true },
    documents: [],
    sheet: null,
  };
}

function handedOver(documents: ReadDocument[]): Finding {
  const files = [...new Set(documents.map(({ file }) => file))];
  const sheets = documents.filter((document) => sheetOf(document)).length;
  return fileFinding(
    'F_PACKET_HANDED_OVER',
    'info',
    { file: files[0] },
    `${files.map((file) => `「${file}」`).join('')}のページは、${sheets}枚の送付票に従って、一緒に送られた利用者ごとの提出に加えました。結果はその提出に示します。`,
    '対応は不要です。',
  );
}

/** The printed 送付票 that a document is; null: another paper. */
export function sheetOf(document: ReadDocument): CoverSheet | null {
  const code = document.readings.find(({ field }) => field === 'cover_code')?.value;
  return typeof code === 'string' ? decodeCover(code) : null;
}

/** The sheet of each document; none for what belongs to no sheet. */
function assign(documents: ReadDocument[], sheets: Map<string, CoverSheet>): Map<ReadDocument, string> {
  const owner = new Map<ReadDocument, string>();
  let current: string | null = null;
  for (const document of documents) {
    const sheet = sheetOf(document);
    if (sheet) current = encodeCover(sheet);
    const named = sheet ? null : byNumber(document, sheets);
    const isPaper = document.read_by !== 'csv';
    const code = named ?? (isPaper ? current : null);
    if (code) owner.set(document, code);
  }
  return owner;
}

/** A number that was read as text is surer than the place in the stack. */
function byNumber(document: ReadDocument, sheets: Map<string, CoverSheet>): string | null {
  const numbers = document.readings.filter((r) => r.field === 'insured_number' && !r.uncertain);
  const found = [...sheets].filter(([, sheet]) =>
    numbers.some(({ value }) => value === sheet.insured_number),
  );
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}

/**
 * The first part keeps the identity of the packet it came in, and the findings about the packet as a whole.
 * @param counted files an earlier part accounts for already
 */
function partOf(
  packet: Packet,
  all: ReadDocument[],
  own: ReadDocument[],
  counted: Set<string>,
  as: { isFirst: boolean; name: string; code: string | null; isGone: (document: ReadDocument) => boolean },
): { packet: Packet; documents: ReadDocument[] } {
  const files: PacketFile[] = [];
  const documents: ReadDocument[] = [];
  for (const file of packet.files) {
    const here = own.filter((document) => document.file === file.path);
    const isWhole = all.filter((document) => document.file === file.path).length === here.length;
    if (isWhole && here.length > 0) {
      files.push(file);
      documents.push(...here);
    } else if (here.length > 0) {
      const view = viewOf(file, here);
      files.push(view.file);
      documents.push(...view.documents);
    } else if (as.isFirst && !all.some((document) => document.file === file.path)) files.push(file);
  }
  const digest = as.isFirst ? packet.digest : sha256(`${packet.digest}\n${as.code}`);
  const whole = as.isFirst
    ? { findings: packet.findings, rejected: packet.rejected }
    : { findings: [], rejected: [] };
  // What no part has pages of (packet.json, what was rejected) is the first part's to account for.
  const elsewhere = new Set(
    all.filter((document) => !own.includes(document) && !as.isGone(document)).map(({ file }) => file),
  );
  const here = new Set(own.map((document) => document.file));
  const entries = packet.entries?.filter(
    ({ path }) => !counted.has(path) && (here.has(path) || (as.isFirst && !elsewhere.has(path))),
  );
  for (const { path } of entries ?? []) counted.add(path);
  const unassigned = packet.isUnassigned && as.code === null ? { isUnassigned: true as const } : {};
  return {
    packet: {
      name: as.name,
      digest,
      files,
      isSplit: true,
      ...whole,
      ...unassigned,
      ...(packet.beside && { beside: packet.beside }),
      ...(entries && { entries }),
    },
    documents,
  };
}

/** Some pages of a file as a file of its own. Findings and readings keep their place in the file that was sent. */
function viewOf(file: PacketFile, own: ReadDocument[]): { file: PacketFile; documents: ReadDocument[] } {
  const spans = own.flatMap(({ pages }) => (pages ? [pages] : []));
  const names = spans.map(({ from, to }) => (from === to ? `${from}` : `${from}〜${to}`)).join('・');
  const path = `${file.path}（${names}ページ）`;
  let next = 1;
  const documents = own.map((document) => {
    if (!document.pages) return { ...document, file: path };
    const { from, to } = document.pages;
    const pages = { from: next, to: next + to - from };
    next = pages.to + 1;
    return { ...document, file: path, pages };
  });
  const view = { of: file.path, pages: spans };
  return { file: { ...file, path, digest: sha256(`${file.digest}\n${names}`), view }, documents };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
