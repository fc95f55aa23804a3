import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decideUpload } from '../../shared/flow.ts';
import { rawPdf, SHAPES_ONLY_FONT } from '../builders/pdf.ts';
import { withFile, zip, zipOf } from '../builders/zip.ts';

// Faults found by hostile input, each in its smallest form.

const decide = (bytes: Uint8Array): Promise<PacketVerdict[]> =>
  withFile('upload.zip', bytes, (source) =>
    Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );

const codes = (verdicts: PacketVerdict[]): string[] => verdicts.flatMap((v) => v.findings.map((f) => f.code));

describe('a packet.json', () => {
  it.each([
    ['of a hundred thousand levels', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '入れ子'],
    [
      'whose known key is a hundred thousand levels deep',
      `{"event":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '入れ子',
    ],
    ['of two megabytes', JSON.stringify({ event: 'x'.repeat(2 * 1024 ** 2) }), '大きすぎます'],
  ])('%s is reported, and the rest is read', async (_, text, cause) => {
    const [verdict] = await decide(zipOf({ 'packet.json': text }));
    const reported = verdict?.findings.find((finding) => finding.code === 'F_PACKET_JSON');
    expect(reported).toMatchObject({ severity: 'error', where: { file: 'packet.json' } });
    expect(reported?.message).toContain(cause);
  });
});

describe('a PDF', () => {
  it('that declares no page is reported as damaged and stays in the ledger', async () => {
    const pages = Buffer.from(rawPdf(['BT ET'], { font: SHAPES_ONLY_FONT })).toString('latin1');
    const none = Buffer.from(pages.replace('/Count 1', '/Count 0'), 'latin1');
    const [verdict] = await decide(zipOf({ '計画書.pdf': none }));
    expect(verdict?.findings).toContainEqual(
      expect.objectContaining({ code: 'F_PDF_BROKEN', where: { file: '計画書.pdf' } }),
    );
    expect(verdict?.ledger).toMatchObject({ files: 1, accounted: true });
  });
});

describe('a name in a ZIP', () => {
  it('of sixty thousand letters is left out, and cut in every message', async () => {
    const verdicts = await decide(zip([{ name: `${'長'.repeat(20_000)}.pdf`, bytes: 'x' }]));
    expect(codes(verdicts)).toContain('F_ZIP_UNSAFE_PATH');
    for (const { message } of verdicts.flatMap((v) => v.findings)) expect(message.length).toBeLessThan(1000);
  });

  it('of thirty thousand folders is left out', async () => {
    const verdicts = await decide(zip([{ name: `${'a/'.repeat(30_000)}x.pdf`, bytes: 'x' }]));
    expect(codes(verdicts)).toContain('F_ZIP_UNSAFE_PATH');
    expect(verdicts[0]?.decision).toBe('return');
  });
});
