import { constants, deflateSync } from 'node:zlib';

/** Data that is small when packed and huge when unpacked. */

/** zlib data that unpacks to about `megabytes` MB of blanks; each MB is about a kilobyte here. */
export function deflateBomb(megabytes: number): Buffer {
  const flushed = deflateSync(Buffer.alloc(1024 ** 2, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
  const [header, block] = [flushed.subarray(0, 2), flushed.subarray(2)];
  const last = Buffer.from([0x01, 0x00, 0x00, 0xff, 0xff]);
  return Buffer.concat([header, ...Array.from({ length: megabytes }, () => block), last, Buffer.alloc(4)]);
}

/** A one-page PDF whose page unpacks to `megabytes` MB, packed twice: a few kilobytes for gigabytes. */
export function pdfBomb(megabytes: number): Uint8Array {
  const packed = deflateSync(deflateBomb(megabytes), { level: 9 });
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${packed.toString('latin1')}\nendstream`,
  ];
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = body.length;
  body += `xref\n0 5\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}
