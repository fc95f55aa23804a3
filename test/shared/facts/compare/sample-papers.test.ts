import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Papers } from '../../../../shared/cover-sheet/papers.ts';
import { readDocuments } from '../../../../shared/documents/read-documents.ts';
import { type Collected, collectFacts, type FactContext } from '../../../../shared/facts/collect-facts.ts';
import { FACT_USES } from '../../../../shared/facts/compare/fact-uses.ts';
import type { Fact } from '../../../../shared/facts/fact.ts';
import { openUpload } from '../../../../shared/packet/open-upload.ts';
import type { Packet, PacketFile } from '../../../../shared/packet/packet.ts';
import { loadRegistry } from '../../../../shared/registry/registry.ts';
import { splitUpload } from '../../../../shared/split/split-upload.ts';
import { factPaths } from '../../../../shared/vocabulary/fact-labels.ts';
import { type CsvMonth, monthPacket, use } from '../../../builders/csv-month.ts';
import { embeddedPdf, type PageLines, packetFile, row } from '../../../builders/pdf.ts';
import { about, onCover, otherThan } from './planted.ts';

// Papers read from their own CSV and PDF files: each fact they show meets a 送付票 that disagrees.
const SAMPLES = join(import.meta.dirname, '../../../../samples');
const NAMES = [
  'iwaki-direct-first-month',
  'iwaki-switch',
  'kumamoto-renewal',
  'mito-2024-05',
  'nobeoka-type-a',
  'okayama-new',
];

interface Sample {
  name: string;
  papers: Papers;
  context: FactContext;
  facts: Fact[];
}

const collect = ({ papers, context }: Pick<Sample, 'papers' | 'context'>, given = {}): Promise<Collected> =>
  collectFacts({ ...papers, cover: { files: [], cover: given, given, findings: [] } }, context);

/** A first plan goes with papers of any later reason: no other event contradicts it. */
const isFirstPlan = (path: string, value: unknown): boolean => path === 'event' && value === 'new';

async function sampleOf(name: string, packet: Packet, city: string): Promise<Sample> {
  const context: FactContext = {
    registries: [await loadRegistry(join(SAMPLES, `registry/${city}.yaml`))],
    today: '2024-12-01',
    received: '2024-12-01',
    historyOf: async (_, months) => [
      { month: months[5]!, category: 'yobo_shien_direct', used: null, same_office: null },
    ],
  };
  const cover = { files: [], cover: {}, given: {}, findings: [] };
  const papers: Papers = { packet, cover, documents: await readDocuments(packet) };
  const { facts } = await collect({ papers, context });
  const shown = [...facts.values()].filter(
    ({ path, state, value }) =>
      state === 'known' && path in FACT_USES && !FACT_USES[path]?.exempt && !isFirstPlan(path, value),
  );
  return { name, papers, context, facts: shown };
}

async function read(name: string): Promise<Sample> {
  const file = join(SAMPLES, `packets/${name}.zip`);
  for await (const { packet } of splitUpload(await openUpload({ name, file }), new Set()))
    if (packet) return sampleOf(name, packet, name.split('-')[0]!);
  throw new Error(`${name} has no packet`);
}

const paper = async (path: string, ...lines: PageLines): Promise<PacketFile> =>
  packetFile(path, await embeddedPdf([lines]));

/** Months that the samples do not have. */
const MONTHS: Record<string, CsvMonth> = {
  'a level that changed': {
    rows: {
      UPHOSOKU: [{ 14: '20240616', 17: '20240616', 18: '12', 59: '21' }],
      UPJSK: [use('20240605', '131111'), use('20240620', '631111')],
    },
  },
  'a month without use': { rows: { UPJSK: [use('20240605', 'A21111', { 14: '0' })] } },
  'a person who is not insured': { person: { 3: 'H000000001' } },
  'a death': {
    files: [
      await paper(
        '支援経過.pdf',
        { text: '介護予防支援経過記録', size: 14 },
        row('年月日', '内容'),
        row('令和6年6月12日', '令和6年6月10日に死亡された。'),
      ),
    ],
  },
  'interviews by video': {
    files: [
      await paper(
        '会議.pdf',
        { text: 'サービス担当者会議の要点', size: 14 },
        row('利用者氏名', '見本　花子', '計画作成者氏名', '見本　一郎'),
        row('開催日', '令和6年6月7日', '開催場所', '見本の自宅'),
        row('会議出席者', '本人、家族、訪問看護', '検討した項目', 'モニタリングの方法'),
        row('検討内容', '面接の方法について', '結論', '合意した'),
        'テレビ電話の活用：状態が安定している。',
        '情報は担当者から提供を受ける。',
      ),
    ],
  },
};

const samples = await Promise.all([
  ...NAMES.map(read),
  ...Object.entries(MONTHS).map(([name, month]) => sampleOf(name, monthPacket(month), 'mito')),
]);
const planted = samples.flatMap((sample) =>
  sample.facts.map((fact) => [`${sample.name} ${fact.path}`, fact, sample] as const),
);

describe('real papers', () => {
  it.each(planted)('%s: a cover that disagrees is reported', async (_, { path, value }, sample) => {
    const { findings } = await collect(sample, onCover(path, otherThan(path, value)));
    const conflicts = findings.filter(({ code }) => code === 'F_FACT_CONFLICT');
    expect(about(path, conflicts)).toMatchObject([{ severity: 'review' }]);
    expect(about(path, conflicts)[0]?.message).toContain('送付票');
  });

  it.each(planted)('%s: a cover that agrees is not', async (_, { path, value }, sample) => {
    const { findings } = await collect(sample, onCover(path, value));
    expect(
      about(
        path,
        findings.filter(({ code }) => code === 'F_FACT_CONFLICT'),
      ),
    ).toEqual([]);
  });

  it('show every compared fact of the vocabulary', () => {
    const shown = new Set(planted.map(([, { path }]) => path));
    const compared = factPaths().filter((path) => path in FACT_USES && !FACT_USES[path]?.exempt);
    expect(compared.filter((path) => !shown.has(path))).toEqual([]);
  });
});
