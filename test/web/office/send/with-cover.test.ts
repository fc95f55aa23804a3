import { expect, it } from 'vitest';
import type { PlannedUpload } from '../../../../web/office/send/plan-uploads.ts';
import { withCover } from '../../../../web/office/send/with-cover.ts';
import { type ZipPart, zip } from '../../../builders/zip.ts';

const COVER = { event: 'new' };
const zipOf = (...parts: ZipPart[]): PlannedUpload => ({
  name: '7月.zip',
  zip: new File([new Uint8Array(zip(parts))], '7月.zip'),
});
const contents = async (upload: PlannedUpload) =>
  'files' in upload
    ? Object.fromEntries(
        await Promise.all(upload.files.map(async ({ path, file }) => [path, await file.text()])),
      )
    : null;

it('adds the 送付票 to the files of a ZIP in the place of the one in it, and keeps their names', async () => {
  const upload = zipOf(
    { name: '山田/計画書.pdf', bytes: '計画', names: 'cp932' },
    { name: '山田/packet.json', bytes: '{}', names: 'cp932' },
  );
  expect(await contents(await withCover(upload, '山田/packet.json', COVER))).toEqual({
    '山田/計画書.pdf': '計画',
    '山田/packet.json': JSON.stringify(COVER, null, 2),
  });
});

it('keeps what a folder joins', async () => {
  const file = new File(['届'], '届.pdf');
  const upload = { name: '補正.zip', joins: 'p1', files: [{ path: '届.pdf', file }] };
  expect(await withCover(upload, 'packet.json', COVER)).toMatchObject({
    name: '補正.zip',
    joins: 'p1',
    files: [{ path: '届.pdf' }, { path: 'packet.json' }],
  });
});

it('loses no file that cannot be unpacked: it names it instead', async () => {
  const upload = zipOf({ name: '山田/計画書.pdf', bytes: 'x', encrypted: true });
  await expect(withCover(upload, '山田/packet.json', COVER)).rejects.toThrow(
    /「山田\/計画書\.pdf」はパスワード/,
  );
});
