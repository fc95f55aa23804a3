import { decodeCover } from '../../vocabulary/cover-code.ts';
import { type FormReader, inLine, reading } from './fields/readings.ts';

/** 送付票: the line beneath its code, where it is readable as text. Nothing of other 送付状 is used. */
export const coverSheetReader: FormReader = (form) =>
  form.lines.flatMap((line) => {
    const code = /UKETSUKE1;.*?;#[0-9]{2}/.exec(line.text)?.[0];
    return code && decodeCover(code) ? [reading(form, 'cover_code', code, inLine(line))] : [];
  });
