import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { profilesFolder } from '../../profiles/profiles-folder.ts';
import { type DocumentKind, isDocumentKind } from '../../vocabulary/document-kinds.ts';
import { plainText } from './compact-line.ts';

const kind = z.string().refine(isDocumentKind, { error: '知らない書類の種類です' });
const schema = z.strictObject({
  forms: z.array(
    z.strictObject({
      kind,
      titles: z.array(z.string()).min(1),
      endings: z.array(z.string()).default([]),
      without: z.array(z.string()).default([]),
      labels: z.array(z.string()).min(2),
      needs: z.number().int().positive().default(2),
      also: z.array(kind).default([]),
      source: z.string().min(1),
    }),
  ),
});

/** How one form is known in print. Titles without dots and blanks (`titleKey`), labels in plain letters. */
export interface FormMark {
  kind: DocumentKind;
  titles: string[];
  endings: string[];
  without: string[];
  labels: string[];
  /** how many labels a page must show beside the title */
  needs: number;
  /** kinds the same paper also is */
  also: DocumentKind[];
}

let catalogue: FormMark[] | undefined;

/** profiles/forms.yaml, read once. Throws when the file is not sound. */
export function formCatalogue(): FormMark[] {
  catalogue ??= readCatalogue(readFileSync(join(profilesFolder(), 'forms.yaml'), 'utf8'));
  return catalogue;
}

function readCatalogue(yaml: string): FormMark[] {
  return schema.parse(parse(yaml)).forms.map((form) => ({
    kind: form.kind as DocumentKind,
    titles: form.titles.map(titleKey),
    endings: form.endings.map(titleKey),
    without: form.without.map(titleKey),
    labels: [...new Set(form.labels.map(plainText))],
    needs: form.needs,
    also: form.also as DocumentKind[],
  }));
}

/** Every label of a kind, for finding where values end. */
export const labelsOf = (wanted: DocumentKind): string[] =>
  formCatalogue()
    .filter((form) => form.kind === wanted)
    .flatMap((form) => form.labels);

/** A title for comparing: plain letters without middle dots, the brackets all alike. */
export const titleKey = (text: string): string =>
  plainText(text)
    .replace(/[・/]/g, '')
    .replace(/[[<「『]/g, '(')
    .replace(/[\]>」』]/g, ')');
