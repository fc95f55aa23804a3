import { cp932 } from '../../builders/cp932.ts';
import { embeddedPdf } from '../../builders/pdf.ts';
import { type ZipPart, zip } from '../../builders/zip.ts';
import { basePackets } from '../../hostile/lib/base-packets.ts';
import { CANARY } from './canary.ts';

/**
 * Packets of the canary in everything an office may get right or wrong: a good one, one whose cells hold a name where a
 * date belongs, one whose papers disagree, covers that cannot be read, files that cannot be opened.
 */
export async function canaryUpload(): Promise<Buffer> {
  const base = (await basePackets()).find(({ name }) => name === 'iwaki-commissioned')!;
  const files = [...base.files].filter(([name]) => name.endsWith('.CSV'));
  const good = files.map(([name, bytes]): [string, Uint8Array] => [name, asCanary(bytes)]);
  const pdf = await embeddedPdf([
    ['介護予防サービス・支援計画書', `利用者名 ${CANARY.name}`, `被保険者番号 ${CANARY.number}`, CANARY.text],
    [`住所 ${CANARY.address}`, `電話 ${CANARY.telephone}`],
  ]);
  const folder = (nth: number): string => `${nth}_${CANARY.name}_${CANARY.number}`;
  const packets: [string, Uint8Array | string][][] = [
    [...good, [`契約書_${CANARY.name}.pdf`, pdf]],
    good.map(([name, bytes]) => [name, misplaced(bytes)]),
    [
      ...files,
      [`${CANARY.romaji}.pdf`, pdf],
      [
        'packet.json',
        JSON.stringify({ name: CANARY.name, insured_number: CANARY.number, address: CANARY.address }),
      ],
    ],
    [...good, ['packet.json', `{"name": "${CANARY.name}", "address": ${CANARY.address}`]],
    [...good, ['packet.json', JSON.stringify({ event: CANARY.text, service_month: CANARY.name })]],
    [
      [`${CANARY.name}.pdf`, pdf.subarray(0, pdf.length / 2)],
      [`${CANARY.name}.xlsx`, 'PK\x03\x04'],
      [`${CANARY.text}.jpg`, '\xff\xd8\xff'],
    ],
    [
      [
        'UPYOBO_0770100022_43_0700100027_46_20240701110000.CSV',
        cp932(`${CANARY.name},${CANARY.number},"${CANARY.address}`),
      ],
    ],
  ];
  const parts = packets.flatMap((packet, i) =>
    packet.map(([name, bytes]): ZipPart => ({ name: `${folder(i)}/${name}`, bytes })),
  );
  return zip([
    ...parts,
    { name: `${folder(8)}/../${CANARY.name}.pdf`, bytes: 'x' },
    { name: `${folder(9)}/${CANARY.name}.pdf`, bytes: 'x', encrypted: true },
  ]);
}

const decode = (bytes: Uint8Array): string => new TextDecoder('shift_jis').decode(bytes);

/** The papers of a sample person become the canary's. */
const asCanary = (bytes: Uint8Array): Buffer =>
  cp932(
    decode(bytes)
      .replace(/(見本|例示)[ 　][^,"\r\n]+/g, CANARY.name)
      .replace(/(ﾐﾎﾝ|ミホン|ﾚｲｼﾞ|レイジ)[ 　][^,"\r\n]+/g, CANARY.kana)
      .replaceAll('0000000203', CANARY.number)
      .replace(/いわき市[^,"\r\n]*/g, CANARY.address)
      .replace(/0\d{1,3}-\d{2,4}-\d{4}/g, CANARY.telephone),
  );

/** Every date and code in turn holds a person's name, so that a message about the cell could quote it. */
function misplaced(bytes: Uint8Array): Buffer {
  const values = Object.values(CANARY);
  let n = 0;
  return cp932(
    decode(bytes).replace(/(?<=,)(20\d{6}|\d{2})(?=,)/g, () => values[n++ % values.length] as string),
  );
}
