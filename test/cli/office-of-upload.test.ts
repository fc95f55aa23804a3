import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { officeOfUpload } from '../../cli/office-of-upload.ts';

const sample = (name: string) => ({
  name,
  file: resolve(import.meta.dirname, '../../samples/packets', name),
});

it('reads the office from the names of the standard, or from the 送付票', async () => {
  expect(await officeOfUpload(sample('mito-2024-05.zip'))).toBe('0870100013');
  expect(await officeOfUpload(sample('okayama-new.zip'))).toBe('3370100012');
});

it('names none where an upload cannot be opened', async () => {
  expect(await officeOfUpload(sample('broken-not-a-zip.zip'))).toBeNull();
});
