/** Markdown that stays the same from run to run: no dates of the run, order as given. */
export const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((cells) => `| ${cells.map(cell).join(' | ')} |`),
];

/** A page; sections that are empty lists are left out by their writers. */
export const page = (...blocks: (string | string[])[]): string =>
  `${blocks
    .map((block) => [block].flat().join('\n'))
    .filter((block) => block !== '')
    .join('\n\n')}\n`;

/** Heads every generated page. */
export const GENERATED = '> このページは `npm run docs` が規則のデータから作ります。手で直さないでください。';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
