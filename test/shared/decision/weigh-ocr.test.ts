import { describe, expect, it } from 'vitest';
import type { Papers, SplitPapers } from '../../../shared/cover-sheet/papers.ts';
import type { DecisionContext } from '../../../shared/decision/decision-context.ts';
import { holdsPictures, withoutPictures } from '../../../shared/decision/pictures.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { unreadFiles, weighOcr, weighVerdicts } from '../../../shared/decision/weigh-ocr.ts';
import type { FieldName, ReadDocument, Reading } from '../../../shared/documents/document.ts';
import { type Finding, fileFinding } from '../../../shared/findings/finding.ts';
import type { Packet } from '../../../shared/packet/packet.ts';
import { packetId } from '../../../shared/packet/packet-id.ts';

const reading = (field: FieldName, value: Reading['value'], uncertain = true): Reading => ({
  field,
  value,
  raw: String(value),
  where: { file: uncertain ? 'scan.png' : 'plan.csv', page: 1, box: [0.1, 0.2, 0.3, 0.04] },
  ...(uncertain && { uncertain }),
});
const document = (over: Partial<ReadDocument>): ReadDocument => ({
  file: 'plan.csv',
  kind: 'shien_keikakusho',
  title: 'UPYOBO',
  read_by: 'csv',
  pages: null,
  rows: 1,
  outcome: 'used',
  digest: 'd',
  readings: [],
  findings: [],
  ...over,
});
const scan = (...readings: Reading[]): ReadDocument =>
  document({ file: 'scan.png', read_by: 'ocr', kind: 'hihokenshasho', pages: { from: 1, to: 1 }, readings });
const unread = (): ReadDocument =>
  document({
    file: 'photo.jpg',
    read_by: 'none',
    kind: null,
    findings: [fileFinding('F_FILE_IMAGE', 'review', { file: 'photo.jpg' }, '画像です。', '')],
  });
const csv = document({
  readings: [reading('insured_number', '0000000101', false), reading('name', '見本 花子', false)],
});
const verdict = (...findings: Finding[]): PacketVerdict =>
  ({ decision: 'return', findings }) as unknown as PacketVerdict;
const error = (code: Finding['code'], message = 'ありません。'): Finding => ({
  ...fileFinding(code, 'error', {}, message, ''),
  rule: 'X-1',
});
const weigh = (documents: ReadDocument[], all: Finding[], alone: Finding[] = [], cover = {}) =>
  weighVerdicts(verdict(...all), verdict(...alone), { documents, unread: unreadFiles(documents, []), cover });

describe('weighOcr', () => {
  const papers = (documents: ReadDocument[]): Papers => ({
    packet: { name: 'p', digest: 'digest', files: [], rejected: [], findings: [] },
    cover: { files: [], cover: {}, given: {}, findings: [] },
    documents,
  });
  const context: DecisionContext = { registries: [], today: '2024-07-01' };
  const decided = async (split: SplitPapers) => {
    const read: ReadDocument[][] = [];
    const result = await weighOcr(split, context, async ({ documents }) => {
      read.push(documents);
      return { ...verdict(), packet_id: 'of the text' };
    });
    return { read, result };
  };
  const office = (number: string) => document({ readings: [reading('office_number', number, false)] });

  it('decides papers without pictures once', async () => {
    const own = papers([csv]);
    const { read, result } = await decided({ ...own, received: own });
    expect(read).toEqual([[csv]]);
    expect(result.packet_id).toBe('of the text');
  });

  it('decides papers with pictures with their texts and without', async () => {
    const own = papers([csv, scan(reading('name', '見本 花子'))]);
    const { read } = await decided({ ...own, received: own });
    expect(read).toEqual([own.documents, withoutPictures(own.documents)]);
  });

  it('names them by the office on the papers received, before OCR', async () => {
    const received = papers([office('0870100013'), unread()]);
    const own = papers([office('0870100021'), scan(reading('office_number', '0870100021'))]);
    const { result } = await decided({ ...own, received });
    expect(result.packet_id).toBe(packetId('0870100013', 'digest'));
  });
});

describe('weighVerdicts', () => {
  it('accepts what a picture shows when another document shows the same', () => {
    const read = [reading('insured_number', '0000000101'), reading('name', '見本花子')];
    expect(weigh([csv, scan(...read)], [])).toMatchObject({ decision: 'accept', findings: [] });
  });
  it('accepts a number that the cover confirms', () => {
    const read = [reading('insured_number', '0000000101')];
    expect(weigh([scan(...read)], [], [], { insured_number: '0000000101' }).findings).toEqual([]);
  });
  it('asks for a look at a number that only the picture shows, with its place', () => {
    const weighed = weigh(
      [csv, scan(reading('name', '見本 花子'), reading('cert_valid_to', '2024-12-31'))],
      [],
    );
    expect(weighed.decision).toBe('review');
    expect(weighed.findings).toMatchObject([
      {
        code: 'F_FILE_OCR',
        severity: 'review',
        where: { file: 'scan.png', page: 1, box: [0.1, 0.2, 0.3, 0.04] },
      },
    ]);
    expect(weighed.findings[0]?.message).toContain('認定有効期間の終わり');
    expect(weighed.findings[0]?.message).not.toContain('2024');
  });
  it('does not let two pictures confirm each other, since both may be misread alike', () => {
    const twice = [
      scan(reading('insured_number', '0099123456')),
      scan(reading('insured_number', '0099123456')),
    ];
    expect(weigh(twice, []).decision).toBe('review');
  });
  it('reports a picture that names another person', () => {
    const weighed = weigh([csv, scan(reading('insured_number', '0000000999'))], []);
    expect(weighed.findings[0]?.message).toContain('別の利用者');
  });
  it('asks which person a paper is of when neither number nor name was read', () => {
    const weighed = weigh([csv, scan(reading('goal', '毎朝歩く'))], []);
    expect(weighed.findings).toMatchObject([{ code: 'F_FILE_OCR' }]);
  });
  it('never returns a packet for what only a picture shows', () => {
    const weighed = weigh([csv, scan(reading('name', '見本 花子'))], [error('F_CERT_EXPIRED')]);
    expect(weighed).toMatchObject({
      decision: 'review',
      findings: [{ code: 'F_CERT_EXPIRED', severity: 'review' }],
    });
  });
  it('never returns a packet for what only a mark drawn by hand says', () => {
    const todoke = document({
      file: '届.pdf',
      read_by: 'text',
      readings: [{ ...reading('notification_kind', '新規', false), by_hand: true }],
    });
    const weighed = weigh([csv, todoke], [error('F_TODOKE_KIND')]);
    expect(weighed.findings).toMatchObject([{ code: 'F_TODOKE_KIND', severity: 'review' }]);
    expect(weighed.findings[0]?.message).toContain('手書きの丸や線');
    const printed = error('F_CERT_EXPIRED');
    expect(weigh([csv, todoke], [printed], [printed]).decision).toBe('return');
  });
  it('calls nothing missing while the form of a readable page is not recognised', () => {
    const letter = document({
      file: '手紙.pdf',
      read_by: 'text',
      kind: null,
      findings: [fileFinding('F_PDF_UNKNOWN_FORM', 'warn', { file: '手紙.pdf' }, '判別できません。', '')],
    });
    const missing = error('F_DOC_MISSING');
    const weighed = weigh([csv, letter], [missing], [missing]);
    expect(weighed.findings).toMatchObject([{ severity: 'review' }]);
    expect(weighed.findings[0]?.message).toContain('「手紙.pdf」');
  });
  it('returns it for what is wrong without the picture too', () => {
    const wrong = error('F_CERT_EXPIRED');
    expect(weigh([csv, scan(reading('name', '見本 花子'))], [wrong], [wrong]).decision).toBe('return');
  });
  it('calls nothing missing while a picture is unread', () => {
    const missing = error('F_DOC_MISSING');
    const weighed = weigh([csv, unread()], [missing], [missing]);
    expect(weighed).toMatchObject({ decision: 'review', findings: [{ severity: 'review' }] });
    expect(weighed.findings[0]?.message).toContain(
      '「photo.jpg」に、読み取れていないか様式の分からないところがあり',
    );
  });
  it.each<[string, ReadDocument[], Packet['rejected']]>([
    [
      'a file with files inside',
      [document({ file: 'a.pdf', findings: [fileFinding('F_FILE_UNKNOWN', 'warn', {}, '', '')] })],
      [],
    ],
    ['a file that could not be unpacked', [], [{ path: 'a.pdf', outcome: 'unreadable' }]],
    ['an archive in an archive in an archive', [], [{ path: 'a.pdf', outcome: 'unsupported' }]],
  ])('counts %s as unread', (_, documents, rejected) => {
    expect(unreadFiles([csv, ...documents], rejected)).toEqual(['a.pdf']);
  });
  it('counts neither a second copy nor leftovers of a system as unread', () => {
    const rejected: Packet['rejected'] = [
      { path: 'a.pdf', outcome: 'duplicate' },
      { path: '花子/.DS_Store', outcome: 'unsupported' },
    ];
    expect(unreadFiles([csv], rejected)).toEqual([]);
  });
  it('still returns a file that cannot be opened or must not be kept', () => {
    const number = { ...error('F_FILE_MYNUMBER'), rule: null };
    expect(weigh([csv, unread()], [number]).decision).toBe('return');
  });
});

describe('withoutPictures', () => {
  it('leaves nothing of what was read from pictures, and all of the rest', () => {
    const [first, second] = withoutPictures([csv, scan(reading('name', '見本 花子'))]);
    expect(first).toBe(csv);
    expect(second).toMatchObject({ kind: null, readings: [] });
  });
  it('treats a text that a scanner laid over its picture as a picture', () => {
    const layer = document({ file: 'ocr.pdf', read_by: 'text', readings: [reading('name', '見本 花子')] });
    expect(holdsPictures([layer])).toBe(true);
    expect(withoutPictures([layer])[0]?.readings).toEqual([]);
    expect(holdsPictures([csv])).toBe(false);
  });
});
