/** Control characters (C0, DEL, C1), separators of lines and paragraphs, marks that turn the direction of the text. */
const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\u061c\\u200e\\u200f';
/** Characters without width, which hide in a name. */
const HIDDEN = '\\u00ad\\u200b\\u2060-\\u2065\\ufeff\\ufff9-\\ufffb';

const CONTROL = new RegExp(`[${CONTROLS}]`);
const UNSEEN = new RegExp(`[${CONTROLS}${HIDDEN}]`, 'g');

/** Whether a text has a character that acts on a terminal, a line or the direction of the text. */
export const hasControl = (text: string): boolean => CONTROL.test(text);

/** Text from outside as one visible line, for a message, a terminal, a letter or a key: `␣` for what acts unseen. */
export const printable = (text: string): string => text.toWellFormed().replace(UNSEEN, '␣');

/** The same, cut to `most` characters. */
export function printableShort(text: string, most = 40): string {
  const line = printable(text);
  const characters = [...line.slice(0, 2 * most + 2)];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : line;
}
