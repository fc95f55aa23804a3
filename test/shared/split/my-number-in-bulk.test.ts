import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addFilesWithMyNumber,
  entriesToRedact,
  type FilesWithMyNumber,
} from '../../../functions/intake/my-number-files.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import type { Redaction } from '../../../shared/packet/withdrawn.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { csv } from '../../builders/csv.ts';
import { myNumber } from '../../builders/my-number.ts';
import { exported, type Files } from '../../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../../builders/pdf.ts';
import { withFile, zipOf } from '../../builders/zip.ts';

const PEOPLE = ['0007780001', '0007780002', '0007780003'].map((number, i) => ({
  ...{ number, name: `見本　${'一二三'[i]}郎`, month: '202406', services: ['A21111', '631111'] },
}));
const NUMBER = `個人番号 ${myNumber()}`;
const registry = loadRegistry(join(import.meta.dirname, '../../../samples/registry/mito.yaml'));

/** Decided twice: as it came, and as it is stored without the files that carry the number. */
async function decideTwice(files: Files): Promise<{ verdicts: PacketVerdict[]; again: PacketVerdict[] }> {
  const context = { registries: [await registry], today: '2024-08-01' };
  return withFile('upload.zip', zipOf(files), async (source) => {
    const verdicts = await Array.fromAsync(decideUpload(source, context));
    const withNumber: FilesWithMyNumber = new Map();
    for (const verdict of verdicts) addFilesWithMyNumber(withNumber, verdict);
    const opened = await openUpload(source);
    const redaction: Redaction = {
      digest: opened.digest,
      files: await entriesToRedact(opened, withNumber),
    };
    expect(redaction.files).toHaveLength(1);
    return { verdicts, again: await Array.fromAsync(decideUpload({ ...source, redaction }, context)) };
  });
}
const told = (verdicts: PacketVerdict[]): Record<string, string[]> =>
  Object.fromEntries(
    verdicts.map(({ insured_number, decision, findings }) => [
      insured_number,
      [decision, ...findings.filter(({ code }) => code === 'F_FILE_MYNUMBER').map(({ message }) => message)],
    ]),
  );
const OF_TWO = PEOPLE.slice(0, 2);
const withUnit = (extra: Files): Files => ({
  ...exported('UPPLAN', PEOPLE),
  ...exported('UPJSK', PEOPLE),
  ...extra,
});

describe('a file of several persons with a 個人番号', () => {
  it('is kept by no one; its persons are told, each their own place, and the others keep their verdicts', async () => {
    const [[name]] = Object.entries(exported('UPHOSOKU', OF_TWO)) as [[string, Uint8Array]];
    const rows = OF_TWO.map(({ number, name: of }, i) => ({
      ...{
        2: '082016',
        3: number,
        6: of,
        8: '19400515',
        10: i === 1 ? NUMBER : '水戸市見本町',
        13: '20240401',
      },
      ...{ 14: '20240401', 15: '20270331', 18: '12', 59: '12', 63: '202406' },
    }));
    const third = {
      [name.replace('101500', '101501')]: Object.values(exported('UPHOSOKU', [PEOPLE[2]!]))[0]!,
    };
    const { verdicts, again } = await decideTwice(withUnit({ [name]: csv('UPHOSOKU', ...rows), ...third }));
    const found = told(verdicts);
    expect(Object.keys(found)).toEqual(PEOPLE.map(({ number }) => number));
    expect(found['0007780001']).toEqual([
      'return',
      expect.stringMatching(
        /2行目（ほかの利用者の分）に個人番号.*この利用者の分（1行目から）も読めなくなりました/,
      ),
    ]);
    expect(found['0007780002']).toEqual([
      'return',
      expect.stringMatching(/2行目（この利用者の分）に個人番号/),
    ]);
    expect(found['0007780003']).toEqual(['accept']);
    // Nothing is called missing that may be in the file.
    expect(verdicts.flatMap(({ missing_documents }) => missing_documents)).toEqual([]);
    expect(JSON.stringify(verdicts)).not.toContain(NUMBER.slice(5));
    expect(again).toEqual(verdicts);
  });

  it('tells the persons of a PDF by their pages, and is a packet of its own where no one is known otherwise', async () => {
    const card = ({ number, name }: (typeof PEOPLE)[number], ...more: string[]): PageLines => [
      { text: '介護保険被保険者証', size: 14 },
      row('番号', number),
      row('氏名', name),
      ...more,
    ];
    const pdf = await embeddedPdf(OF_TWO.map((one, i) => card(one, ...(i === 1 ? [NUMBER] : []))));
    const hosoku = exported('UPHOSOKU', PEOPLE);
    const { verdicts, again } = await decideTwice(withUnit({ ...hosoku, '被保険者証.pdf': pdf }));
    const found = told(verdicts);
    expect(found['0007780001']![1]).toMatch(/2ページ（ほかの利用者の分）.*この利用者の分（1ページから）/);
    expect(found['0007780002']![1]).toMatch(/2ページ（この利用者の分）/);
    expect(found['0007780003']).toEqual(['accept']);
    expect(again).toEqual(verdicts);

    const alone = await decideTwice({ '被保険者証.pdf': pdf });
    expect(alone.verdicts.map(({ decision }) => decision)).toEqual(['return']);
    expect(told(alone.verdicts).null![1]).toMatch(
      /2ページに個人番号.*入っていた2人分の書類は、どなたの審査にも/,
    );
    expect(alone.again).toEqual(alone.verdicts);
  });
});
