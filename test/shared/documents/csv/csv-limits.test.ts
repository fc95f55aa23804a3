import { describe, expect, it } from 'vitest';
import { MOST_READINGS } from '../../../../shared/documents/csv/csv-limits.ts';
import { readCsvFile } from '../../../../shared/documents/csv/read-csv.ts';
import { readDocuments } from '../../../../shared/documents/read-documents.ts';
import { csv, csvName, packetFile } from '../../../builders/csv.ts';

/** A 利用票 of so many people, one row each. */
const people = (count: number, from = 0): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) => csv('UPPLAN', { 3: String(from + i).padStart(10, '0') })),
  );
const plan = (bytes: Buffer, name = csvName('UPPLAN')) => packetFile(name, bytes);
const read = (...files: ReturnType<typeof plan>[]) =>
  readDocuments({ name: '見本', digest: '', findings: [], rejected: [], files });

/** Readings of one more person in such a file. */
const ofOne = await (async () => {
  const count = async (n: number) => (await readCsvFile(plan(people(n)))).document.readings.length;
  return (await count(11)) - (await count(10));
})();
const most = Math.floor(MOST_READINGS / ofOne);

describe('a CSV with more values than a packet may hold', () => {
  it('is left unread as a whole, with the row, the limit and what to do', async () => {
    const { document } = await readCsvFile(plan(people(most + 10)));
    expect(document).toMatchObject({ kind: null, outcome: 'unreadable', readings: [] });
    expect(document.findings).toMatchObject([{ code: 'F_FILE_TOO_LARGE', severity: 'error' }]);
    const [finding] = document.findings;
    expect(finding!.where.row).toBeGreaterThan(most - 10);
    expect(finding!.where.row).toBeLessThanOrEqual(most + 10);
    expect(finding!.message).toContain(`項目 ${MOST_READINGS} 個まで`);
    expect(finding!.remedy).toContain('利用者ごと');
  });

  it('costs no more however long it is', async () => {
    const bytes = people(most + 10);
    const long = Buffer.concat(Array<Buffer>(20).fill(bytes));
    const short = await readCsvFile(plan(bytes));
    expect((await readCsvFile(plan(long))).document.findings).toEqual(short.document.findings);
  });

  it('is read where its values fit', async () => {
    const { document } = await readCsvFile(plan(people(most - 10)));
    expect(document.outcome).toBe('used');
    expect(document.findings.filter(({ code }) => code === 'F_FILE_TOO_LARGE')).toEqual([]);
  });

  it('may not be split into files of one packet', async () => {
    const half = Math.ceil(most * 0.6);
    const second = csvName('UPPLAN').replace(/\d{4}(?=\.csv$)/i, '5959');
    expect(second).not.toBe(csvName('UPPLAN'));
    const documents = await read(plan(people(half)), plan(people(half, half), second));
    expect(documents.map(({ outcome }) => outcome)).toEqual(['used', 'unreadable']);
  });
});
