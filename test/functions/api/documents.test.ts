import { randomBytes } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../../cli/api-client.ts';
import { type Host, startHost } from '../../../host/host.ts';
import { readPdf } from '../../../shared/documents/pdf/read-pdf.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import type { AuditEntry } from '../../../shared/records/lifecycle/audit.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { withDrawing, workbook } from '../../builders/office.ts';
import { SHAPES } from '../../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../../builders/pdf.ts';
import { type ZipPart, zip } from '../../builders/zip.ts';
import { cityClaims, hokatsuClaims, OPERATOR_CLAIMS, officeClaims, signIn } from '../../harness/sign-in.ts';

// The documents of a packet over the API's app: who may open them, and what is answered.
const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-documents-'));
const OFFICE = officeClaims('0870100013');
const HOKATSU = hokatsuClaims('mito', 'area-1');
const MAY = { office: OFFICE, 包括: HOKATSU, city: cityClaims('mito'), operator: OPERATOR_CLAIMS };
const MAY_NOT = {
  'another office': officeClaims('0870100999'),
  'the 包括 of another area': hokatsuClaims('mito', 'area-2'),
  'another city': cityClaims('iwaki'),
  'no role': {},
};
/** More than one answer of a function may hold, and than the desk reads of an upload at once. */
const LARGE = randomBytes(5 * 1024 ** 2);
const MOST = 4 * 1024 ** 2;
/** Of a picture inside a workbook; nothing opens it here. */
const PICTURE = Buffer.from('\x89PNG picture');
const FOLDER = '0000000101_2024-04';
let desk: Host;
let api: Awaited<ReturnType<typeof signIn>>;
let app: { request: (path: string, init: RequestInit, env: object) => Response | Promise<Response> };
let packet: string;
let upload: string;

interface FileLine {
  file: string;
  path: string;
  media: string;
  state: string;
  documents: { kind: string; first_page: number | null }[];
}
let files: FileLine[];
const fileOf = (name: string): FileLine => files.find(({ path }) => path.endsWith(name))!;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  await new ApiClient(desk).importRegistry(await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')));
  api = await signIn(desk);
  ({ app } = await import('../../../functions/api/app.ts'));
  const parts: ZipPart[] = [];
  const sample = { name: 'mito.zip', file: join(ROOT, 'samples/packets/mito-2024-04.zip') };
  for await (const each of (await openUpload(sample)).packets())
    for (const file of each.files) parts.push({ name: file.path, bytes: await file.read() });
  parts.push({ name: `${FOLDER}/控え.pdf`, bytes: LARGE, method: 0 });
  parts.push({ name: `${FOLDER}/評価表.xlsx`, bytes: withDrawing(workbook(), '', PICTURE) });
  parts.push({ name: `${FOLDER}/途中.xlsx`, bytes: workbook().subarray(0, -200) });
  parts.push({ name: `${FOLDER}/memo.html`, bytes: '<script>alert(1)</script>' });
  upload = await api.send(OFFICE, 'mito-2024-04.zip', zip(parts));
  packet = (await api.answers(upload))[0]!.packet_id;
  files = (await api.call(HOKATSU, `/packets/${packet}/files`)).body.files as FileLine[];
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function get(claims: object, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(path, { headers }, { event: { requestContext: { authorizer: { jwt: { claims } } } } });
}
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** Flips one bit of the stored upload behind what is read of it at once. Returns what undoes it. */
function flipStored(id: string): () => void {
  const stored = globSync(`**/${id}/*.data`, { cwd: folder }).map((name) => join(folder, name));
  const object = stored.find((name) => statSync(name).size >= LARGE.length)!;
  const sound = readFileSync(object);
  const changed = Buffer.from(sound);
  changed[sound.indexOf(LARGE.subarray(0, 64)) + MOST + 10]! ^= 1;
  writeFileSync(object, changed);
  return () => writeFileSync(object, sound);
}

describe('the documents of a packet', () => {
  it.each(['', '/9', '/3/rows'])(
    'are open to those who may read the packet, and to no one else: files%s',
    async (rest) => {
      for (const [who, claims] of Object.entries(MAY))
        expect((await get(claims, `/packets/${packet}/files${rest}`)).status, who).toBe(200);
      for (const [who, claims] of Object.entries(MAY_NOT))
        expect((await get(claims, `/packets/${packet}/files${rest}`)).status, who).toBe(403);
    },
  );

  it('are listed as they were sent, with what each was read as', async () => {
    expect(files).toHaveLength(16);
    expect(fileOf('UPYOBO_SUB_0870100013_43_0800100018_46_20240501090000.CSV')).toMatchObject({
      media: 'csv',
    });
    expect(fileOf('契約書（介護予防支援）.pdf')).toMatchObject({
      media: 'pdf',
      state: 'stored',
      documents: [{ kind: 'keiyakusho', first_page: 1 }],
    });
    expect(fileOf('memo.html')).toMatchObject({ media: 'other' });
  });

  it('come back byte for byte, and are never run by a browser', async () => {
    const { file, path } = fileOf('契約書（介護予防支援）.pdf');
    const response = await get(HOKATSU, `/packets/${packet}/files/${file}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(path.split('/')[1]!)}`,
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    expect((await bytesOf(response)).subarray(0, 5).toString()).toBe('%PDF-');
    const markup = await get(HOKATSU, `/packets/${packet}/files/${fileOf('memo.html').file}`);
    expect(markup.headers.get('content-type')).toBe('application/octet-stream');
    expect(markup.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('too large for one answer come in ranges', async () => {
    const path = `/packets/${packet}/files/${fileOf('控え.pdf').file}`;
    expect((await get(HOKATSU, path)).status).toBe(413);
    const first = await get(HOKATSU, path, { range: 'bytes=0-' });
    expect([first.status, first.headers.get('content-range')]).toEqual([
      206,
      `bytes 0-${MOST - 1}/${LARGE.length}`,
    ]);
    const second = await get(HOKATSU, path, { range: `bytes=${MOST}-` });
    expect(Buffer.concat([await bytesOf(first), await bytesOf(second)]).equals(LARGE)).toBe(true);
    expect((await get(HOKATSU, path, { range: `bytes=${LARGE.length}-` })).status).toBe(416);
  });

  it('that changed on the disk since are named instead of shown', async () => {
    const path = `/packets/${packet}/files/${fileOf('控え.pdf').file}`;
    const restore = flipStored(upload);
    const last = await get(HOKATSU, path, { range: `bytes=${MOST}-` });
    expect(last.status).toBe(410);
    const { message } = (await last.json()) as { message: string };
    expect(message).toContain('検査値（CRC）が合いません');
    expect(message).toContain('受け付けた後に壊れています');
    restore();
    expect((await get(HOKATSU, path, { range: `bytes=${MOST}-` })).status).toBe(206);
  });

  it('of the standard are shown as a table', async () => {
    const { file } = fileOf('UPHOSOKU_202404_0870100013_43_0800100018_46_20240501090000.CSV');
    const { body } = await api.call(HOKATSU, `/packets/${packet}/files/${file}/rows`);
    expect(body).toMatchObject({ type: 'UPHOSOKU', total: 1 });
    expect(body.columns).toContain('被保険者番号');
    expect((await api.call(HOKATSU, `/packets/${packet}/files/${file}/rows?from=0`)).status).toBe(400);
    const pdf = fileOf('契約書（介護予防支援）.pdf');
    expect((await api.call(HOKATSU, `/packets/${packet}/files/${pdf.file}/rows`)).status).toBe(404);
  });

  it('of Office are shown page by page as they were read, pictures inside as pages', async () => {
    const path = `/packets/${packet}/files/${fileOf('評価表.xlsx').file}`;
    const { body } = await api.call(HOKATSU, `${path}/page`);
    const page = body.page as { cells: { text: string; isBox: boolean }[] };
    expect(body).toMatchObject({ count: 2, page: { name: '評価表', more: 0 } });
    expect(page.cells).toContainEqual(expect.objectContaining({ text: '0000000101', isBox: true }));
    expect((await api.call(HOKATSU, `${path}/page?page=2`)).body).toEqual({ count: 2, page: null });
    const picture = await get(HOKATSU, `${path}?as=picture&page=2`);
    expect(picture.headers.get('content-type')).toBe('application/octet-stream');
    expect((await bytesOf(picture)).equals(PICTURE)).toBe(true);
    for (const [rest, status] of Object.entries({
      ...{ '/page?page=3': 404, '/page?page=0': 400, '?as=picture&page=3': 410 },
    }))
      expect((await get(HOKATSU, `${path}${rest}`)).status, rest).toBe(status);
    const damaged = `/packets/${packet}/files/${fileOf('途中.xlsx').file}/page`;
    expect((await api.call(HOKATSU, damaged)).status).toBe(410);
    const pdf = `/packets/${packet}/files/${fileOf('契約書（介護予防支援）.pdf').file}/page`;
    expect((await api.call(HOKATSU, pdf)).status).toBe(404);
  });

  it('are not found under any other number', async () => {
    for (const file of ['99', '3.1', 'x', '..%2f..%2fetc', '3/rows/4'])
      expect((await get(HOKATSU, `/packets/${packet}/files/${file}`)).status, file).toBe(404);
  });

  it('leave a line in the audit trail for each file, without its name', async () => {
    const { file } = fileOf('memo.html');
    await get(HOKATSU, `/packets/${packet}/files/${file}`);
    const { body } = await api.call(MAY.city, `/packets/${packet}/trail`);
    const trail = body.trail as AuditEntry[];
    expect(trail.map(({ what, of }) => [what, of])).toContainEqual([
      'GET /packets/:id/files/:file',
      `${packet}/${file}`,
    ]);
    expect(JSON.stringify(trail)).not.toContain('memo');
  });

  it('split out of files of several persons are those of one person, and can be completed', async () => {
    const services = ['A21111', '631111'];
    const people = ['0007780001', '0007780002'].map((number, i) => ({
      ...{ number, name: `見本　${i + 1}郎`, month: '202406', services },
    }));
    const card = ({ number, name }: (typeof people)[number], ...more: string[]): PageLines => [
      { text: '介護保険被保険者証', size: 14 },
      row('番号', number),
      row('氏名', name),
      ...more,
    ];
    const unit = SHAPES['the sending unit of each month']!(people);
    const parts: ZipPart[] = Object.entries(unit).map(([name, bytes]) => ({ name, bytes }));
    parts.push({ name: '証.pdf', bytes: await embeddedPdf(people.map((one) => card(one))) });
    const packets = await api.answers(await api.send(OFFICE, 'unit.zip', zip(parts)));
    expect(packets.map(({ insured_number }) => insured_number)).toEqual(people.map(({ number }) => number));
    const [first, second] = packets.map(({ packet_id }) => packet_id);
    expect(await shownOf(second!)).toEqual({ numbers: ['0007780002'], firstRows: [2, 3, 3], pages: [2] });

    const more = zip([{ name: '証.pdf', bytes: await embeddedPdf([card(people[1]!, '給付制限 なし')]) }]);
    const upload = await api.send(OFFICE, '補正.zip', more, undefined, { packet_id: second! });
    const [completed, ...others] = await api.answers(upload);
    expect([completed!.insured_number, completed!.service_month, others]).toEqual([
      '0007780002',
      '2024-06',
      [],
    ]);
    expect(await shownOf(completed!.packet_id)).toEqual({
      ...{ numbers: ['0007780002'], firstRows: [2, 3, 3], pages: [1] },
    });
    const { body } = await api.call(OFFICE, `/packets/${completed!.packet_id}`);
    expect((body.versions as unknown[]).length).toBe(2);
    const of = async (packet_id: string) => {
      const { decision, category, claim, findings } = await api.verdict(OFFICE, packet_id);
      return { decision, category, claim, codes: findings.map(({ code }) => code) };
    };
    expect(await of(completed!.packet_id)).toEqual(await of(second!));
    const { body: ofFirst } = await api.call(OFFICE, `/packets/${first}`);
    expect((ofFirst.versions as unknown[]).length).toBe(1);

    // What was completed can be completed again.
    const again = zip([{ name: 'メモ.pdf', bytes: await embeddedPdf([card(people[1]!)]) }]);
    const joins = { packet_id: completed!.packet_id };
    const [last] = await api.answers(await api.send(OFFICE, '補正.zip', again, undefined, joins));
    expect(last!.insured_number).toBe('0007780002');
    expect((await shownOf(last!.packet_id)).firstRows).toEqual([2, 3, 3]);
  });
});

/** What a reader of a packet can see: persons, the first row of each CSV as a spreadsheet counts, first pages of its PDFs. */
async function shownOf(packet: string) {
  const { body } = await api.call(HOKATSU, `/packets/${packet}/files`);
  const numbers = new Set<string>();
  const firstRows: number[] = [];
  const pages: (number | null)[] = [];
  for (const { file, media, documents } of body.files as FileLine[]) {
    const path = `/packets/${packet}/files/${file}`;
    const bytes = await bytesOf(await get(HOKATSU, path));
    if (media === 'csv') {
      const { rows } = (await api.call(HOKATSU, `${path}/rows`)).body as { rows: { row: number }[] };
      firstRows.push(rows[0]!.row);
      for (const [number] of bytes.toString('latin1').matchAll(/000778000\d/g)) numbers.add(number);
      continue;
    }
    pages.push(documents[0]!.first_page);
    const read = { path: 'a.pdf', digest: '', size: bytes.length, read: async () => bytes };
    for (const { readings } of await readPdf(read))
      for (const { field, value } of readings) if (field === 'insured_number') numbers.add(String(value));
  }
  return { numbers: [...numbers], firstRows: firstRows.sort(), pages };
}
