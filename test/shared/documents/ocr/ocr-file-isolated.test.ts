import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeOcrReader, ocrFileIsolated } from '../../../../shared/documents/ocr/ocr-file-isolated.ts';
import { aFile } from '../../../builders/a-scan.ts';

/**
 * A reader as crashes of native code leave it: page 2 ends it each time, page 4 only in company (as when the machine
 * had no memory left), page 5 finds that the process is incomplete. Every other page is read.
 */
const CRASHING = `
process.on('message', ({ digest, pages }) => {
  if (pages.includes(2) || (pages.includes(4) && pages.length > 1)) process.kill(process.pid, 'SIGSEGV');
  else if (pages.includes(5)) process.send({ kind: 'incomplete', code: 'Error', message: 'no language data' });
  else {
    const read = pages.map((page) => ({ page, state: 'text', lines: [] }));
    process.send({ kind: 'done', faults: [], result: { edition: 1, digest, pages_total: Math.max(...pages), pages: read } });
  }
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
`;
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-crash-'));
const scanner = join(folder, 'ocr.mjs');
writeFileSync(scanner, CRASHING);
const file = aFile('束.pdf', Buffer.from('x'));
const states = async (...pages: number[]) =>
  (await ocrFileIsolated(file, pages)).pages.map(({ page, state }) => `${page} ${state}`);

beforeEach(() => void vi.stubEnv('UKETSUKE_OCR_PROGRAM', scanner));
afterEach(() => {
  closeOcrReader();
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a picture that brings down the process it is read in', () => {
  it('costs its own page its text and no other, and the next file is read', async () => {
    expect(await states(1, 2, 3)).toEqual(['1 text', '2 failed', '3 text']);
    const { pages } = await ocrFileIsolated(file, [2]);
    expect(pages[0]?.trouble).toContain('画像が壊れています');
    expect(await states(6)).toEqual(['6 text']);
  });

  it('is read once more, alone: a process may also end because of the machine', async () => {
    expect(await states(3, 4)).toEqual(['3 text', '4 text']);
  });
});

describe('an incomplete desk', () => {
  it('gives up no page for it', async () => {
    await expect(ocrFileIsolated(file, [5])).rejects.toThrow('incomplete');
    closeOcrReader();
    vi.stubEnv('UKETSUKE_OCR_PROGRAM', join(folder, 'nothing.mjs'));
    await expect(ocrFileIsolated(file, [1])).rejects.toThrow('does not start');
  });
});
