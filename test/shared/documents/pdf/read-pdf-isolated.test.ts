import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import { readPdfIsolated } from '../../../../shared/documents/pdf/read-pdf-isolated.ts';
import { PROCESS_LIMITS } from '../../../../shared/documents/worker/process-limits.ts';
import { pdfBomb } from '../../../builders/bombs.ts';
import { embeddedPdf, packetFile } from '../../../builders/pdf.ts';

const plan = () => embeddedPdf([['介護予防サービス・支援計画書', '利用者名 見本 花子']]);

describe('reading a PDF in a process of its own', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('gives the same documents as reading it here', async () => {
    const bytes = await plan();
    const file = packetFile('計画書.pdf', bytes);
    expect(await readPdfIsolated(file, bytes)).toEqual(await readPdf(file));
  });

  it('names a file that fills the memory, and reads the next one', async () => {
    const bomb = pdfBomb(4096);
    expect(bomb.length).toBeLessThan(100_000);
    vi.resetModules();
    const fresh = await import('../../../../shared/documents/pdf/read-pdf-isolated.ts');
    const limits = { ...PROCESS_LIMITS, megabytes: 256 };
    const [document] = await fresh.readPdfIsolated(packetFile('爆弾.pdf', bomb), bomb, { limits });
    expect(document).toMatchObject({ outcome: 'unreadable', read_by: 'none' });
    expect(document?.findings[0]).toMatchObject({
      code: 'F_PDF_BROKEN',
      severity: 'error',
      where: { file: '爆弾.pdf' },
    });
    const bytes = await plan();
    expect((await fresh.readPdfIsolated(packetFile('計画書.pdf', bytes), bytes))[0]?.outcome).toBe('used');
  });

  it('gives up a file that does not come back in time, and reads the next one', async () => {
    const bomb = pdfBomb(700);
    const limits = { ...PROCESS_LIMITS, seconds: 0.05 };
    const [document] = await readPdfIsolated(packetFile('遅い.pdf', bomb), bomb, { limits });
    expect(document?.findings[0]).toMatchObject({ code: 'F_FILE_TOO_LARGE', where: { file: '遅い.pdf' } });
    const bytes = await plan();
    expect((await readPdfIsolated(packetFile('計画書.pdf', bytes), bytes))[0]?.outcome).toBe('used');
  });

  it('gives up the rest of a packet whose time is over', async () => {
    const bytes = await plan();
    const [document] = await readPdfIsolated(packetFile('後.pdf', bytes), bytes, { deadline: Date.now() });
    expect(document?.findings[0]).toMatchObject({ code: 'F_FILE_TOO_LARGE', where: { file: '後.pdf' } });
  });

  it('reads many files at once, each with its own answer', async () => {
    const files = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => [`${i}.pdf`, await plan()] as const),
    );
    const read = await Promise.all(
      files.map(([path, bytes]) => readPdfIsolated(packetFile(path, bytes), bytes)),
    );
    expect(read.map((documents) => documents[0]?.file)).toEqual(files.map(([path]) => path));
  });

  it('throws when the reader does not start: that is the desk’s fault and no file’s', async () => {
    vi.stubEnv('UKETSUKE_PDF_PROGRAM', '/nowhere/pdf.mjs');
    vi.resetModules();
    const fresh = await import('../../../../shared/documents/pdf/read-pdf-isolated.ts');
    const bytes = await plan();
    await expect(fresh.readPdfIsolated(packetFile('計画書.pdf', bytes), bytes)).rejects.toThrow(
      'does not start',
    );
  });

  it('reads without any credential, and may not write', async () => {
    // A reader that answers with what it can see and do.
    const probe = join(mkdtempSync(join(tmpdir(), 'uketsuke-probe-')), 'probe.mjs');
    writeFileSync(
      probe,
      `import { writeFileSync } from 'node:fs';
       import { spawnSync } from 'node:child_process';
       const tried = (f) => { try { f(); return 'done'; } catch (e) { return e.code; } };
       process.on('message', () => process.send({ kind: 'done', faults: [], result: { pages: 1, next: null, documents: [
         Object.keys(process.env).filter((k) => /^AWS|SECRET|TOKEN/.test(k)),
         tried(() => writeFileSync(${JSON.stringify(probe)}, '')), tried(() => spawnSync('true')) ] } }));
       process.send('ready');`,
    );
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'synthetic');
    vi.stubEnv('UKETSUKE_PDF_PROGRAM', probe);
    vi.resetModules();
    const fresh = await import('../../../../shared/documents/pdf/read-pdf-isolated.ts');
    const seen = await fresh.readPdfIsolated(packetFile('x.pdf', new Uint8Array(1)), new Uint8Array(1));
    expect(seen).toEqual([[], 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  });

  it('does not keep the desk from ending', async () => {
    const script = `
      import { readPdfIsolated } from './shared/documents/pdf/read-pdf-isolated.ts';
      const bytes = Buffer.from('%PDF-1.4 broken');
      const file = { path: 'x.pdf', digest: '', size: bytes.length, read: async () => bytes };
      console.log((await readPdfIsolated(file, bytes))[0].findings[0].code);`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: resolve(import.meta.dirname, '../../../..'),
    });
    expect(out.toString().trim()).toBe('F_PDF_BROKEN');
  });
});
