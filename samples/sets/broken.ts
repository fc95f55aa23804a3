import { CENTERS, CITIES, OFFICES } from '../lib/cast.ts';
import { encodeCp932, type SampleFile } from '../lib/csv/write-csv.ts';
import { juyoJiko } from '../lib/forms/contract.ts';
import { keikaKiroku } from '../lib/forms/keika.ts';
import type { Case, City } from '../lib/model.ts';
import { insurerNumber } from '../lib/numbers.ts';
import type { SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles, folderOf, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';
import { direct, threeParties } from './iwaki.ts';

/** Faults of transmission: one fault per packet, in a packet that is otherwise complete. */
const city = CITIES.iwaki;
const all = ['kihon', 'plan', 'riyohyo', 'jisseki'] as const;
const STAMP = '20240701150000';

/** A month of direct 介護予防支援 like iwaki-direct, of another person. */
const caseOf = (serial: number, name: string, kana: string, of: City = city): Case => ({
  ...direct,
  city: of,
  person: person({ city: of, serial, name, kana, place: '見本区一丁目' }),
});

const cover = (c: Case): SampleFile => coverSheet(c, { event: 'continuing', new_user: false });

type Files = SampleUpload['packets'][number]['files'];
const complete = (c: Case, change: (file: SampleFile) => SampleFile = (file) => file): Files => [
  ...csvFiles(c, STAMP, [...all]).map(change),
  ...threeParties(c, OFFICES.iwakiDesignated, CENTERS.iwaki1, '90ms-RKSJ-H'),
  cover(c),
];

/** Changes the bytes of one CSV type; after the type its name has a digit, that of its 別表 SUB. */
const onlyIf =
  (type: string, change: (bytes: Buffer) => Uint8Array) =>
  (file: SampleFile): SampleFile =>
    new RegExp(`^${type}_\\d`).test(file.name) ? { ...file, bytes: change(Buffer.from(file.bytes)) } : file;

/** The first character of the plan's goal loses its second byte: half a character, invalid in every encoding. */
const withHalfCharacter = onlyIf('UPYOBO', (bytes) => {
  bytes[bytes.indexOf(encodeCp932('毎朝')) + 1] = 0x20;
  return bytes;
});

/** The second row of 実績 loses its last two columns: 23 instead of 25. */
const withShortRow = onlyIf('UPJSK', (bytes) => {
  const rows = bytes.toString('latin1').split('\r\n');
  rows[1] = rows[1]!.split(',').slice(0, 23).join(',');
  return Buffer.from(rows.join('\r\n'), 'latin1');
});

/** Begins like a Word file. */
const wordFile: SampleFile = {
  name: '計画書の控え.docx',
  bytes: Buffer.from('504b030414000600080000002100', 'hex'),
};

const fine = caseOf(901, '見本 一太', 'ミホン イチタ');
const undecodable = caseOf(902, '見本 二太', 'ミホン ニタ');
const shortRow = caseOf(903, '見本 三太', 'ミホン サンタ');
const unknownFile = caseOf(904, '見本 四太', 'ミホン ヨンタ');
const truncated = caseOf(905, '見本 五太', 'ミホン ゴタ');
const picture = caseOf(906, '見本 六太', 'ミホン ロクタ');
const together = caseOf(907, '見本 七太', 'ミホン ナナタ');
const other = caseOf(908, '見本 八太', 'ミホン ハチタ');
/** No municipality has the code 99999. */
const nowhere = caseOf(909, '見本 九太', 'ミホン キュウタ', {
  key: 'iwaki',
  name: '見本市',
  insurer: insurerNumber('99999'),
});

const EMPTY_ZIP = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

async function cutInHalf(file: Promise<SampleFile>): Promise<SampleFile> {
  const { name, bytes } = await file;
  return { name, bytes: bytes.slice(0, Math.floor(bytes.length / 2)) };
}

export const broken = (): SampleUpload[] => [
  {
    zip: 'broken-not-a-zip.zip',
    packets: [],
    bytes: Buffer.from('これはZIPではなく、名前だけを変えた文章のファイルです。\n', 'utf8'),
  },
  { zip: 'broken-empty.zip', packets: [], bytes: EMPTY_ZIP },
  {
    zip: 'broken-mixed.zip',
    packets: [
      { folder: '01_正常', files: complete(fine) },
      { folder: '02_読めない文字', files: complete(undecodable, withHalfCharacter) },
      { folder: '03_列の不足', files: complete(shortRow, withShortRow) },
      { folder: '04_扱えないファイル', files: [...complete(unknownFile), wordFile] },
    ],
  },
  single('broken-pdf-truncated.zip', truncated, [
    ...csvFiles(truncated, STAMP, [...all]),
    ...threeParties(truncated, OFFICES.iwakiDesignated, CENTERS.iwaki1).map((file, i) =>
      i === 0 ? cutInHalf(file) : file,
    ),
    cover(truncated),
  ]),
  single('broken-pdf-picture.zip', picture, [
    ...complete(picture),
    pdf(
      '経過記録',
      keikaKiroku(picture, '介護予防支援経過記録', [
        { date: '2024-06-14', text: '＜モニタリング＞　自宅を訪問し、本人と面接。変わりなく過ごしている。' },
      ]),
      'scan',
    ),
  ]),
  {
    zip: 'broken-no-person.zip',
    packets: [
      {
        folder: '氏名なし',
        files: [
          pdf(
            '重要事項説明書',
            juyoJiko(
              { ...fine, person: { ...fine.person, name: '', address: '', insured: '' } },
              {
                office: OFFICES.iwakiDesignated,
                date: '2024-04-01',
                kind: '介護予防支援',
                signed: false,
              },
            ),
          ),
          {
            name: 'packet.json',
            bytes: Buffer.from(
              `${JSON.stringify({ office_number: OFFICES.iwakiDesignated.number, insurer_number: city.insurer, service_month: '2024-06', event: 'continuing' }, null, 2)}\n`,
            ),
          },
        ],
      },
    ],
  },
  {
    zip: 'broken-two-persons.zip',
    packets: [
      {
        folder: folderOf(together),
        files: [...complete(together), ...csvFiles(other, '20240701160000', ['riyohyo', 'jisseki'])],
      },
    ],
  },
  single('broken-unknown-insurer.zip', nowhere, complete(nowhere)),
];
