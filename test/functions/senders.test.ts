import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import { openUpload } from '../../shared/packet/open-upload.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { UploadLine } from '../../shared/records/views/upload-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { type ZipPart, zip } from '../builders/zip.ts';
import { cityClaims, hokatsuClaims, OPERATOR_CLAIMS, officeClaims, signIn } from '../harness/sign-in.ts';

// Two offices that sign in, over the API's app and the inbox of one machine. A names B; nothing of B changes.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-senders-'));
const SAMPLE = join(ROOT, 'samples/packets/mito-2024-04.zip');
const NUMBER = { a: '0870100021', c: '0870100039', b: '0870100013', person: '0000000101' };
const A = officeClaims(NUMBER.a);
const B = officeClaims(NUMBER.b);
/** an office that has sent nothing before */
const C = officeClaims(NUMBER.c);
const HOKATSU = hokatsuClaims('mito', 'area-1');
const OTHER_HOKATSU = hokatsuClaims('mito', 'area-2');
const CITY = cityClaims('mito');
let desk: Host;
let api: Awaited<ReturnType<typeof signIn>>;
let papers: ZipPart[];
let own: string;

/** The sample packet of B, with other files, or each file changed. */
const packetOf = (keep: (name: string) => boolean = () => true, more: ZipPart[] = []): Buffer =>
  zip([...papers.filter(({ name }) => keep(name)), ...more]);
/** One kind of paper, which shows no area, and a cover that names the sender as the center in charge. */
const asItsOwnCenter = (kind: string): Buffer => {
  const cover = papers.find(({ name }) => name.endsWith('packet.json'))!;
  const named = { ...JSON.parse(String(cover.bytes)), center_number: NUMBER.a };
  return packetOf((name) => name.includes(kind), [{ name: cover.name, bytes: JSON.stringify(named) }]);
};
const coverAlone = (): Buffer => packetOf((name) => name.endsWith('packet.json'));
const extra = (text: string): ZipPart[] => [{ name: '0000000101_2024-04/メモ.txt', bytes: text }];

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  const registry = await loadRegistry(join(ROOT, 'samples/registry/mito.yaml'));
  const [office] = registry.offices;
  registry.offices.push({ ...office!, number: NUMBER.a, name: '水戸例示居宅介護支援事業所' });
  registry.offices.push({ ...office!, number: NUMBER.c, name: '水戸仮名居宅介護支援事業所' });
  await new ApiClient(desk).importRegistry(registry);
  api = await signIn(desk);
  papers = [];
  for await (const { files } of (await openUpload({ name: 'sample.zip', file: SAMPLE })).packets())
    for (const file of files) papers.push({ name: file.path, bytes: await file.read() });
  const [line] = await api.answers(await api.send(B, 'b.zip', packetOf()));
  own = line!.packet_id;
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything the records show of B's case to its 包括. */
async function caseOfB() {
  const { body } = await api.call(HOKATSU, '/areas/mito/area-1/2024-04');
  const { summary, cases } = body as unknown as { summary: AreaSummary; cases: CaseRecord[] };
  const { body: packet } = await api.call(B, `/packets/${own}`);
  return {
    units: summary.units,
    categories: summary.categories,
    users: summary.users,
    cases: cases.filter(({ owner }) => owner === NUMBER.b),
    packet,
    notice: await api.call(B, `/notices/${own}`),
  };
}

const ATTACKS: [string, () => Buffer][] = [
  ['a packet.json alone', coverAlone],
  ['the papers without their PDFs', () => packetOf((name) => !name.endsWith('.pdf'))],
  ['the very same bytes', packetOf],
  ['実績 alone, and itself as the center on the cover', () => asItsOwnCenter('UPJSK')],
  ['a contract alone, and itself as the center on the cover', () => asItsOwnCenter('契約書（介護予防支援）')],
  ['the papers with a file more', () => packetOf(() => true, extra('追加'))],
];

describe('office A that names office B in its papers', () => {
  it.each(ATTACKS)('changes nothing of B with %s', async (_, bytes) => {
    const before = await caseOfB();
    expect(before.units).toEqual({ yobo_shien_direct: 472 });
    const upload = await api.send(A, 'a.zip', bytes());
    const [line] = await api.answers(upload);
    expect(line!.packet_id).not.toBe(own);
    expect(line!.decision).not.toBe('accept');
    expect(await caseOfB()).toEqual(before);
  });

  it('is told so, asks the 包括 a question, and reads its own answers', async () => {
    const upload = await api.send(
      A,
      'a.zip',
      packetOf(() => true, extra('質問')),
    );
    const [line] = await api.answers(upload);
    const id = line!.packet_id;
    for (const path of [`/uploads/${upload}`, `/packets/${id}`, `/notices/${id}`, `/notices/${upload}`]) {
      expect((await api.call(A, path)).status, path).toBe(200);
      expect((await api.call(B, path)).status, path).toBe(403);
    }
    for (const claims of [HOKATSU, CITY]) {
      expect((await api.call(claims, `/packets/${id}`)).status).toBe(200);
      expect((await api.call(claims, `/notices/${id}`)).status).toBe(200);
      expect((await api.call(claims, `/packets/${own}`)).status).toBe(200);
    }
    expect((await api.call(OTHER_HOKATSU, `/packets/${id}`)).status).toBe(403);
    const { body } = await api.call(A, `/notices/${id}`);
    for (const part of [`事業所「${NUMBER.a}」`, `事業所番号「${NUMBER.b}」`, '送信した事業所'])
      expect(body.text).toContain(part);
    const queue = await api.call(HOKATSU, '/review?city=mito&area=area-1');
    const items = queue.body.items as { packet_id: string }[];
    expect(items.map(({ packet_id }) => packet_id)).toContain(id);
    expect((await api.call(HOKATSU, `/review/${id}`)).body.item).toMatchObject({
      state: 'open',
      sender: { kind: 'office', office: NUMBER.a },
    });
  });

  it('does not read what B sent, and lists its own uploads only', async () => {
    for (const path of [`/packets/${own}`, `/notices/${own}`])
      expect((await api.call(A, path)).status).toBe(403);
    const list = async (claims: object, query = '') =>
      ((await api.call(claims, `/uploads${query}`)).body.uploads as UploadLine[]).map(({ name }) => name);
    expect(new Set(await list(A))).toEqual(new Set(['a.zip']));
    expect(new Set(await list(A, `?office=${NUMBER.b}`))).toEqual(new Set(['a.zip']));
    expect(new Set(await list(B))).toEqual(new Set(['b.zip']));
    expect(new Set(await list(OPERATOR_CLAIMS, `?office=${NUMBER.b}`))).toEqual(new Set(['b.zip']));
  });

  it('corrects what it sent itself: the next version of its own case', async () => {
    const [first] = await api.answers(
      await api.send(
        A,
        'a.zip',
        packetOf(() => true, extra('一')),
      ),
    );
    const [second] = await api.answers(
      await api.send(
        A,
        'a.zip',
        packetOf(() => true, extra('二')),
      ),
    );
    const { body } = await api.call(A, `/packets/${second!.packet_id}`);
    const chain = (body.versions as { packet_id: string }[]).map(({ packet_id }) => packet_id);
    expect(chain.slice(-2)).toEqual([first!.packet_id, second!.packet_id]);
    expect(chain).not.toContain(own);
  });
});

describe('an office that guesses numbers', () => {
  /** Everything the office can read of a packet, without what differs between any two packets. */
  async function shownOf(upload: string, packet: string, number: string) {
    const [status, verdict, notice] = await Promise.all(
      [`/uploads/${upload}`, `/packets/${packet}`, `/notices/${packet}`].map((path) => api.call(C, path)),
    );
    const line = (status!.body.packets as { packet_id: string }[]).find((one) => one.packet_id === packet);
    const text = JSON.stringify([line, verdict!.body, notice!.body]);
    const digest = String((verdict!.body.verdict as { digest: string }).digest);
    return text
      .replaceAll(number, '(number)')
      .replaceAll(packet, '(packet)')
      .replaceAll(digest, '(digest)')
      .replace(/(R\d{8}-[0-9A-Z]{8})-\d+/g, '$1-(packet)')
      .replaceAll(`****${number.slice(-4)}`, '(masked)')
      .replace(/"(at|decided_at|issued_at|part|\w*digest)":"[^"]*"|"packet":\d+|判定日時[^\\]*/g, '');
  }

  it('learns nothing of 30 of them, one of which another office serves', async () => {
    const numbers = Array.from({ length: 30 }, (_, n) =>
      String(Number(NUMBER.person) - 20 + n).padStart(10, '0'),
    );
    const bytes = zip(
      numbers.map((insured_number) => ({
        name: `${insured_number}/packet.json`,
        bytes: JSON.stringify({
          office_number: NUMBER.c,
          insurer_number: '082016',
          insured_number,
          service_month: '2024-04',
          event: 'continuing',
        }),
      })),
    );
    const upload = await api.send(C, 'guess.zip', bytes);
    const lines = await api.answers(upload);
    expect(lines).toHaveLength(30);
    const receipt = await api.call(C, `/notices/${upload}`);
    expect(JSON.stringify(receipt.body)).not.toContain('水戸見本居宅');
    const served = lines.find(({ insured_number }) => insured_number === NUMBER.person)!;
    const others = lines.filter((one) => one !== served).slice(0, 3);
    const own = await shownOf(upload, served.packet_id, served.insured_number!);
    for (const other of others)
      expect(await shownOf(upload, other.packet_id, other.insured_number!)).toBe(own);
    expect(own).not.toContain(NUMBER.b);
    // The city sees who else serves the person.
    const found = (await api.verdict(CITY, served.packet_id)).findings;
    expect(found.map(({ code }) => code)).toContain('F_PACKET_TWO_OFFICES');
  });
});

describe('an upload that cannot be read', () => {
  it.each([
    ['an empty ZIP', () => zip([])],
    ['a file that is no ZIP', () => Buffer.from('これはZIPではありません')],
  ])('is answered to each office that sent it: %s', async (_, bytes) => {
    for (const claims of [A, B]) {
      const upload = await api.send(claims, 'broken.zip', bytes());
      const [line] = await api.answers(upload);
      const others = claims === A ? B : A;
      for (const path of [
        `/packets/${line!.packet_id}`,
        `/notices/${line!.packet_id}`,
        `/notices/${upload}`,
      ]) {
        expect((await api.call(claims, path)).status, path).toBe(200);
        expect((await api.call(others, path)).status, path).toBe(403);
      }
      expect(line).toMatchObject({ decision: 'return', outcome: 'decided' });
    }
  });

  it('leaves the case as it is where the office sends it in place of papers that were read', async () => {
    const before = await caseOfB();
    const [line] = await api.answers(await api.send(B, 'b.zip', coverAlone()));
    expect(line!.decision).toBe('return');
    const after = await caseOfB();
    expect([after.units, after.cases]).toEqual([before.units, before.cases]);
    const { body } = await api.call(B, `/notices/${line!.packet_id}`);
    expect(body.text).toContain('引き続き有効');
  });
});

describe('papers that come another way', () => {
  it('belong to the office they name where its 包括 sends them, with a note', async () => {
    const upload = await api.send(
      HOKATSU,
      'counter.zip',
      packetOf(() => true, extra('窓口')),
    );
    const [line] = await api.answers(upload);
    expect((await api.call(B, `/packets/${line!.packet_id}`)).status).toBe(200);
    expect((await api.call(HOKATSU, `/notices/${upload}`)).status).toBe(200);
    expect((await api.call(B, `/notices/${upload}`)).status).toBe(403);
    const found = (await api.verdict(HOKATSU, line!.packet_id)).findings;
    expect(found).toContainEqual(expect.objectContaining({ code: 'F_PACKET_SENDER', severity: 'info' }));
    const { body } = await api.call(B, `/packets/${line!.packet_id}`);
    expect((body.versions as { packet_id: string }[]).map(({ packet_id }) => packet_id)).toContain(own);
  });

  it('are a question where a 包括 of another area sends them', async () => {
    const [line] = await api.answers(
      await api.send(
        OTHER_HOKATSU,
        'x.zip',
        packetOf(() => true, extra('圏域外')),
      ),
    );
    expect(line!.decision).toBe('review');
    expect((await api.call(OTHER_HOKATSU, `/notices/${line!.packet_id}`)).status).toBe(200);
    expect((await api.call(B, `/packets/${line!.packet_id}`)).status).toBe(403);
  });

  it('are a question where a 包括 names itself in charge of a person of another area', async () => {
    const before = await caseOfB();
    const cover = papers.find(({ name }) => name.endsWith('packet.json'))!;
    const named = { ...JSON.parse(String(cover.bytes)), center_number: '0800100026' };
    const files = [{ name: cover.name, bytes: JSON.stringify(named) }, ...extra('圏域を書き換えた')];
    const bytes = packetOf((name) => name !== cover.name, files);
    const [line] = await api.answers(await api.send(OTHER_HOKATSU, 'own.zip', bytes));
    expect(line!.decision).toBe('review');
    expect(await caseOfB()).toEqual(before);
    expect((await api.call(B, `/packets/${line!.packet_id}`)).status).toBe(403);
    const { body } = await api.call(OTHER_HOKATSU, `/notices/${line!.packet_id}`);
    expect(body.text).toContain('住所がほかの圏域にある利用者の書類');
  });

  it.each([
    ['of A', `uploads/${NUMBER.a}/month.zip`, 200],
    ['without an office', 'uploads/by-hand/month.zip', 403],
  ])('change nothing of B where they are put under a prefix %s', async (_, Key, readByA) => {
    const before = await caseOfB();
    const Body = packetOf(() => true, extra(Key));
    await desk.cloud.s3.send(new PutObjectCommand({ Bucket: desk.cloud.versions.bucket, Key, Body }));
    await desk.waitUntilIdle();
    expect(await caseOfB()).toEqual(before);
    const { body } = await api.call(CITY, '/areas/mito/area-1/2024-04');
    const put = (body.cases as CaseRecord[]).find(
      ({ owner }) =>
        owner !== NUMBER.b && (readByA === 200 ? owner === NUMBER.a : owner.startsWith('unsigned')),
    );
    expect((await api.call(A, `/notices/${put!.packet_id}`)).status).toBe(readByA);
    expect((await api.call(B, `/notices/${put!.packet_id}`)).status).toBe(403);
  });

  it('are those of the office the operator sends for', async () => {
    const before = await caseOfB();
    await api.answers(
      await api.send(
        OPERATOR_CLAIMS,
        'o.zip',
        packetOf(() => true, extra('代行')),
        NUMBER.a,
      ),
    );
    expect(await caseOfB()).toEqual(before);
    const [line] = await api.answers(
      await api.send(
        OPERATOR_CLAIMS,
        'o.zip',
        packetOf(() => true, extra('窓口2')),
        NUMBER.b,
      ),
    );
    expect((await api.call(B, `/notices/${line!.packet_id}`)).status).toBe(200);
  });
});
