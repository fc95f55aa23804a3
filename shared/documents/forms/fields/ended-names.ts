import type { Reading } from '../../document.ts';
import { plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import { inLine, reading } from './readings.ts';
import { isEndedName } from './service-names.ts';

/** Cells that hold the name of a service that ended and nothing else: no row of services is found by such a name. */
export const endedNames = (form: FormText): Reading[] =>
  form.lines.flatMap((line) =>
    line.line.cells
      .map((cell) => plainText(cell.text))
      .filter(isEndedName)
      .map((name) => reading(form, 'service_named', name, inLine(line))),
  );
