import { describe, expect, it } from 'vitest';
import { UploadLedger } from '../../../shared/decision/upload-ledger.ts';
import { decideOpened } from '../../../shared/flow.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { DEFAULT_LIMITS } from '../../../shared/packet/upload-limits.ts';
import { exported } from '../../builders/office-export.ts';
import { withFile, zipOf } from '../../builders/zip.ts';

const people = ['0007780001', '0007780002'].map((number) => ({
  number,
  name: '見本　花子',
  month: '202406',
  services: ['A21111', '631111'],
}));
const files = { ...exported('UPPLAN', people), ...exported('UPJSK', people) };
const context = { registries: [], today: '2024-08-01' };

const decided = (rows: number, sent: Record<string, string | Uint8Array> = files) =>
  withFile('month.zip', zipOf(sent), async (source) => {
    const opened = await openUpload(source, { ...DEFAULT_LIMITS, rows });
    const verdicts = (await Array.fromAsync(decideOpened(opened, context))).map(({ verdict }) => verdict);
    const ledger = new UploadLedger(opened.entries);
    for (const verdict of verdicts) ledger.add(verdict);
    return { verdicts, isClosed: ledger.isClosed };
  });

describe('an upload whose CSV files together have more rows than one may have', () => {
  it('is returned as a whole, with the file, the limit and what to do', async () => {
    const { verdicts, isClosed } = await decided(7);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]!.decision).toBe('return');
    const [{ code, where, message, remedy }] = verdicts[0]!.findings as [(typeof verdicts)[0]['findings'][0]];
    expect(code).toBe('F_ZIP_TOO_LARGE');
    expect(where.file).toMatch(/^UPJSK_/);
    expect(message).toMatch(/month\.zip .*UPJSK_.* 7 行.*どの書類も受け付けていません/);
    expect(remedy).toMatch(/何回かに分けて/);
    expect(isClosed).toBe(true);
  });

  it('is read with as many, and with any line end', async () => {
    expect((await decided(8)).verdicts).toHaveLength(2);
    const oldMac = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [
        name,
        Buffer.from(
          Buffer.from(bytes as Uint8Array)
            .toString('latin1')
            .replaceAll('\r\n', '\r'),
          'latin1',
        ),
      ]),
    );
    expect((await decided(7, oldMac)).verdicts).toHaveLength(1);
  });
});
