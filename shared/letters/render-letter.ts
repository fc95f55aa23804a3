import { eraText } from '../calendar/wareki.ts';
import { printable } from '../text/printable.ts';
import type { Letter, LetterTable } from './letter.ts';

/** A letter as plain text. */
export const renderLetter = (letter: Letter): string =>
  [
    letter.title,
    '='.repeat(40),
    '',
    `番号　${letter.number}`,
    eraText(letter.date),
    letter.addressee,
    ...letter.sender.map((line) => `　　　　　　　　${line}`),
    '',
    ...letter.opening,
    '',
    ...letter.about.map(([label, value]) => `${label.padEnd(8, '　')}${value}`),
    '',
    ...letter.sections.flatMap(({ title, lines, tables }) => [
      `■ ${title}`,
      ...lines.map((line) => `  ・${line}`),
      ...tables.flatMap(table),
      '',
    ]),
    ...letter.closing,
    '',
  ]
    .map(printable)
    .join('\r\n');

const table = ({ head, rows }: LetterTable): string[] => [
  `  ${head}`,
  ...rows.map(([label, value]) => `     ${label.padEnd(4, '　')}${value}`),
];
