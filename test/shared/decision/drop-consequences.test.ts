import { expect, it } from 'vitest';
import { dropConsequences } from '../../../shared/decision/drop-consequences.ts';
import { type Finding, fileFinding } from '../../../shared/findings/finding.ts';

type Doc = Parameters<typeof dropConsequences>[1][number];
const finding = (code: string, severity: Finding['severity'] = 'error', file?: string): Finding =>
  fileFinding(code as never, severity, file ? { file } : {}, 'message', 'remedy');
const unreadable = finding('F_CSV_ENCODING', 'error', 'UPYOBO.csv');
const broken: Doc = { outcome: 'unreadable', findings: [unreadable] };
const used: Doc = { outcome: 'used', findings: [] };
const missing = [
  finding('F_PACKET_NO_PERSON'),
  finding('F_PACKET_UNKNOWN_INSURER'),
  finding('F_PACKET_NO_MONTH', 'review'),
  finding('F_PACKET_AREA', 'info'),
];
const codes = (findings: Finding[], documents: Doc[], city: string | null = null): string[] =>
  dropConsequences(findings, documents, { city }).map(({ code }) => code);

it('leaves of a packet with one unreadable file only that file', () => {
  const found = [unreadable, finding('F_PACKET_EMPTY'), ...missing];
  expect(codes(found, [broken])).toEqual(['F_CSV_ENCODING']);
});

it('leaves out what is missing where one of several files could not be read', () => {
  expect(codes([unreadable, ...missing], [broken, used])).toEqual(['F_CSV_ENCODING']);
});

it('leaves an empty packet where no file has an error of its own', () => {
  const unsupported: Doc = { outcome: 'unsupported', findings: [finding('F_FILE_UNKNOWN', 'warn', 'a.txt')] };
  expect(codes([finding('F_PACKET_EMPTY'), ...missing], [unsupported])).toEqual(['F_PACKET_EMPTY']);
});

it('keeps what is missing where every file was read', () => {
  expect(codes(missing, [used], 'mito')).toEqual(missing.map(({ code }) => code));
});

it('leaves out the area of a city that is not known', () => {
  const insurer = finding('F_PACKET_UNKNOWN_INSURER', 'error', 'UPYOBO.csv');
  expect(codes([insurer, finding('F_PACKET_AREA', 'info')], [used])).toEqual(['F_PACKET_UNKNOWN_INSURER']);
});

it('keeps an insurer that was read from a file beside one that could not be', () => {
  const insurer = finding('F_PACKET_UNKNOWN_INSURER', 'error', 'UPPLAN.csv');
  expect(codes([unreadable, insurer], [broken, used])).toEqual([
    'F_CSV_ENCODING',
    'F_PACKET_UNKNOWN_INSURER',
  ]);
});

it('keeps what is missing where a fault of the desk kept the file from being read', () => {
  const fault = finding('F_FILE_DESK_FAULT', 'review', 'UPYOBO.csv');
  const unread: Doc = { outcome: 'unreadable', findings: [fault] };
  expect(codes([fault, finding('F_PACKET_NO_PERSON')], [unread, used])).toEqual([
    'F_FILE_DESK_FAULT',
    'F_PACKET_NO_PERSON',
  ]);
});
