import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CFB } from '@e965/xlsx';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { CONTAINER_LIMITS } from '../../../../shared/packet/containers/container-limits.ts';
import { containerAsZip } from '../../../../shared/packet/containers/container-zip.ts';
import type { ContainerTime } from '../../../../shared/packet/containers/contents.ts';
import { htmlText } from '../../../../shared/packet/containers/html-text.ts';
import { openUpload } from '../../../../shared/packet/open-upload.ts';
import type { Packet } from '../../../../shared/packet/packet.ts';
import { DEFAULT_LIMITS } from '../../../../shared/packet/upload-limits.ts';
import { bufferSource } from '../../../../shared/packet/zip/byte-source.ts';
import { redactZip } from '../../../../shared/packet/zip/redact-zip.ts';
import { lzh } from '../../../builders/lzh.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-containers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PDF = Buffer.from('%PDF-1.7 …');

async function open(bytes: Uint8Array, name: string) {
  const file = join(folder, 'upload');
  writeFileSync(file, bytes);
  const upload = await openUpload({ name, file });
  const packets: Packet[] = [];
  for await (const packet of upload.packets()) packets.push(packet);
  return { upload, packets, files: packets.flatMap(({ files }) => files) };
}
const inZip = (name: string, bytes: Uint8Array): Uint8Array =>
  zipSync({ 'a.pdf': Buffer.from('%PDF-a'), [name]: bytes });

const b64 = (text: string): string => Buffer.from(text).toString('base64');
const mail = (...parts: string[]): Buffer =>
  Buffer.from(
    [
      'From: =?UTF-8?B?6KaL5pys?= <a@example.jp>',
      `Subject: =?UTF-8?B?${b64('評価表を送ります')}?=`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      `--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${b64('よろしくお願いします')}`,
      ...parts.map((part) => `--x\r\n${part}`),
      '--x--',
      '',
    ].join('\r\n'),
  );
const attached = (name: string, bytes: Buffer, type = 'application/pdf'): string =>
  `Content-Type: ${type}\r\nContent-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}`;

/** A mail of Outlook: properties as streams of a compound file (MS-OXMSG). */
function outlookMail(): Buffer {
  const file = CFB.utils.cfb_new();
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  CFB.utils.cfb_add(file, '/__properties_version1.0', Buffer.alloc(32));
  CFB.utils.cfb_add(file, '/__substg1.0_0037001F', utf16('評価表を送ります'));
  CFB.utils.cfb_add(file, '/__substg1.0_1000001F', utf16('よろしくお願いします'));
  CFB.utils.cfb_add(file, '/__attach_version1.0_#00000000/__properties_version1.0', Buffer.alloc(8));
  CFB.utils.cfb_add(file, '/__attach_version1.0_#00000000/__substg1.0_3707001F', utf16('評価表.pdf'));
  CFB.utils.cfb_add(
    file,
    '/__attach_version1.0_#00000000/__substg1.0_37010102',
    Buffer.concat([PDF, Buffer.alloc(5000)]),
  );
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer);
}

/** 7-Zip, one file that is not packed (7zFormat.txt). */
function sevenZip(name: string, data: Buffer): Buffer {
  const path = Buffer.concat([Buffer.from([0]), Buffer.from(`${name}\0`, 'utf16le')]);
  const digest = Buffer.alloc(4);
  digest.writeUInt32LE(crc32(data));
  const header = Buffer.concat([
    Buffer.from([1, 4, 6, 0, 1, 9, data.length, 0, 7, 11, 1, 0, 1, 1, 0, 12, data.length, 0, 8, 10, 1]),
    digest,
    Buffer.from([0, 0, 5, 1, 17, path.length]),
    path,
    Buffer.from([0, 0]),
  ]);
  const start = Buffer.alloc(20);
  start.writeBigUInt64LE(BigInt(data.length), 0);
  start.writeBigUInt64LE(BigInt(header.length), 8);
  start.writeUInt32LE(crc32(header), 16);
  const head = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, 0, 0, 0, 0]);
  head.writeUInt32LE(crc32(start), 8);
  return Buffer.concat([head, start, data, header]);
}

describe('a file that holds files', () => {
  it.each([
    ['送付.eml', mail(attached('評価表.pdf', PDF)), '送付.eml/評価表.pdf'],
    ['送付.msg', outlookMail(), '送付.msg/評価表.pdf'],
    ['評価表.7z', sevenZip('評価.pdf', PDF), '評価表.7z/〓〓（1）.pdf'],
    ['評価表.lzh', lzh('hyoka.pdf', PDF), '評価表.lzh/hyoka.pdf'],
    ['書類.zi_', zipSync({ '評価表.pdf': PDF }), '書類.zi_/評価表.pdf'],
    ['書類', zipSync({ '評価表.pdf': PDF }), '書類/評価表.pdf'],
  ])('is opened as a ZIP is: %s', async (name, bytes, path) => {
    const { packets, files } = await open(inZip(name, bytes), 'upload.zip');
    expect(packets).toHaveLength(1);
    expect(files.map((file) => file.path)).toContain(path);
    expect(files.map((file) => file.path)).not.toContain(name);
    const found = files.find((file) => file.path === path);
    expect(Buffer.from((await found?.read()) ?? []).toString('latin1')).toMatch(/^%PDF-1.7/);
  });

  it.each(['__proto__', 'constructor'])(
    'keeps attachments with a name that objects know: %s',
    async (name) => {
      const bodies = [PDF, Buffer.from('%PDF-1.7 2')];
      const { files } = await open(
        inZip('送付.eml', mail(...bodies.map((body) => attached(name, body)))),
        'x.zip',
      );
      const read = await Promise.all(files.map((file) => file.read()));
      for (const body of bodies) expect(read.some((bytes) => Buffer.from(bytes).equals(body))).toBe(true);
      expect(files.filter(({ path }) => path.includes(name))).toHaveLength(bodies.length);
    },
  );

  it('keeps the text of a mail beside its attachments', async () => {
    const { files } = await open(inZip('送付.eml', mail(attached('評価表.pdf', PDF))), 'upload.zip');
    const note = files.find(({ path }) => path === '送付.eml/メールの本文.txt');
    expect(Buffer.from((await note?.read()) ?? []).toString()).toMatch(
      /評価表を送ります[\s\S]*よろしくお願いします/,
    );
  });

  it('leaves the pictures of a signature out, and says so', async () => {
    const logo = `Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline; filename=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${b64('\x89PNG')}`;
    const related = mail(attached('評価表.pdf', PDF), logo)
      .toString()
      .replace('multipart/mixed', 'multipart/related');
    const { files } = await open(inZip('送付.eml', Buffer.from(related)), 'upload.zip');
    expect(files.map(({ path }) => path)).not.toContain('送付.eml/logo.png');
    const note = files.find(({ path }) => path.endsWith('本文.txt'));
    expect(Buffer.from((await note?.read()) ?? []).toString()).toContain('小さな画像 1件');
  });

  it('is opened where it is sent by itself', async () => {
    const { files } = await open(mail(attached('評価表.pdf', PDF)), '送付.eml');
    expect(files.map(({ path }) => path)).toContain('送付.eml/評価表.pdf');
  });

  it('stays one file with the reason where it cannot be opened', async () => {
    const whole = sevenZip('a.pdf', PDF);
    const { packets, files } = await open(
      inZip('評価表.7z', whole.subarray(0, whole.length - 20)),
      'upload.zip',
    );
    expect(files.map(({ path }) => path)).toEqual(['a.pdf']);
    expect(packets[0]?.rejected).toEqual([{ path: '評価表.7z', outcome: 'unreadable' }]);
    expect(packets[0]?.findings[0]?.remedy).toContain('ZIPに圧縮し直して');
  });
});

describe('a file removed from a mail', () => {
  it.each([
    [
      'in a ZIP',
      'upload.zip',
      inZip('送付.eml', mail(attached('番号.pdf', PDF), attached('計画.pdf', Buffer.from('%PDF-b')))),
    ],
    [
      'sent by itself',
      '送付.eml',
      mail(attached('番号.pdf', PDF), attached('計画.pdf', Buffer.from('%PDF-b'))),
    ],
  ])('leaves the others where they were: %s', async (_, name, bytes) => {
    const before = await open(bytes, name);
    const entries = before.packets.flatMap((packet) => packet.entries ?? []);
    const gone = entries.find(({ path }) => path.endsWith('番号.pdf'));
    const redaction = { name, places: [gone?.at ?? []], maskNames: false, limits: DEFAULT_LIMITS };
    const copy = await redactZip(bufferSource(Buffer.from(bytes)), redaction);
    const after = await open(await copy.read(0, copy.size), name);
    const at = (packets: Packet[]) =>
      packets.flatMap((packet) => packet.entries ?? []).map((entry) => [entry.path, entry.at, entry.digest]);
    const isOther = ([path]: unknown[]): boolean => !String(path).endsWith('番号.pdf');
    expect(at(after.packets).filter(isOther)).toEqual(at(before.packets).filter(isOther));
    expect((await copy.read(0, copy.size)).includes(PDF)).toBe(false);
  });
});

describe('what the mails and archives of one upload may cost', () => {
  const one = mail(attached('評価表.pdf', PDF));
  const none = (): ContainerTime => ({ left: 0 });

  it('is shared by them: one that comes too late is not opened, and is not called damaged', async () => {
    const time = { left: CONTAINER_LIMITS.seconds };
    await containerAsZip(one, 'mail', DEFAULT_LIMITS, time);
    expect(time.left).toBeLessThan(CONTAINER_LIMITS.seconds);
    for (const kind of ['mail', 'outlook', 'archive'] as const) {
      const late = containerAsZip(one, kind, DEFAULT_LIMITS, none());
      await expect(late).rejects.toMatchObject({
        code: 'F_ZIP_TOO_LARGE',
        message: expect.stringContaining(`時間内に開けませんでした（1回の送信`),
        remedy: expect.stringContaining('何回かに分けて送ってください'),
      });
      await expect(late).rejects.not.toMatchObject({ message: expect.stringContaining('壊れて') });
    }
  });

  it('leaves the other files of the upload readable', async () => {
    const upload = zipSync({
      'a/bomb.eml': Buffer.concat([HTML_MAIL, Buffer.from('<style '.repeat(300_000))]),
      'a/送付.eml': one,
    });
    const { packets, files } = await open(upload, 'upload.zip');
    expect(files.map(({ path }) => path)).toContain('a/送付.eml/評価表.pdf');
    expect(packets.flatMap(({ rejected }) => rejected)).toEqual([]);
  });

  it('does not keep what is removed from an upload in it, beside a mail that cannot be opened', async () => {
    const upload = zipSync({ 'マイナンバー123456789018.pdf': PDF, 'empty.eml': Buffer.from('x') });
    const redaction = { name: 'x.zip', places: [[0]], maskNames: true, limits: DEFAULT_LIMITS };
    const copy = await redactZip(bufferSource(Buffer.from(upload)), redaction);
    expect((await copy.read(0, copy.size)).includes(PDF)).toBe(false);
  });

  it('numbers files of one name without trying each number anew', async () => {
    const many = 3000;
    const parts = Array.from({ length: many }, () => attached('a.pdf', PDF));
    const zip = await containerAsZip(mail(...parts), 'mail', DEFAULT_LIMITS, {
      left: CONTAINER_LIMITS.seconds,
    });
    expect(Object.keys(unzipSync(zip))).toContain(`a(${many}).pdf`);
  });
});

const HTML_MAIL = Buffer.from('From: a@example.com\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n');

describe('the text of a mail in HTML', () => {
  it.each([
    ['<p>よろしく</p>お願いします', ' よろしく お願いします'],
    ['<style type="x">p { color: red }</style>本文<SCRIPT>x</script>', ' 本文 '],
    ['<style>a</script>b', ' b'],
    ['<style>a', ' a'],
    ['a < b', 'a < b'],
    ['a <b c> d <e', 'a   d <e'],
    ['', ''],
  ])('has a blank for each tag: %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each(['<', '<style ', '<style>', '<!--', '</style', '&'])(
    'is read in one pass where nothing is closed: %s',
    (part) => {
      // A pattern that looks to the end for each of them would not end within the hour.
      const html = part.repeat(2_000_000);
      expect(htmlText(html).length).toBeGreaterThan(0);
    },
  );
});
