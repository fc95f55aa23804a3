import * as z from 'zod';
import { tableLoader } from '../../profiles/load-table.ts';
import { type DocumentKind, isDocumentKind } from '../../vocabulary/document-kinds.ts';
import { plainText } from './text/compact-line.ts';

const kindSchema = z.custom<DocumentKind>(
  (value) => typeof value === 'string' && isDocumentKind(value),
  '知らない書類の種類です',
);
const formSchema = z.strictObject({
  kind: kindSchema,
  titles: z.array(z.string()).min(1),
  endings: z.array(z.string()).default([]),
  without: z.array(z.string()).default([]),
  labels: z.array(z.string()).min(2),
  needs: z.number().int().positive().default(2),
  also: z.array(kindSchema).default([]),
  source: z.string().min(1),
});

/** How one form is recognised in print. Titles without dots and blanks (`titleKey`), labels in plain letters. */
export interface FormMark {
  kind: DocumentKind;
  titles: string[];
  endings: string[];
  without: string[];
  labels: string[];
  /** how many labels a page must show beside the title */
  needs: number;
  /** further kinds of the same paper */
  also: DocumentKind[];
}

const markOf = (form: z.output<typeof formSchema>): FormMark => ({
  kind: form.kind,
  titles: form.titles.map(titleKey),
  endings: form.endings.map(titleKey),
  without: form.without.map(titleKey),
  labels: [...new Set(form.labels.map(plainText))],
  needs: form.needs,
  also: form.also,
});

const loadTable = tableLoader(
  z.strictObject({ forms: z.array(formSchema) }).transform(({ forms }) => forms.map(markOf)),
);

/** How every form is recognised (profiles/forms.yaml). */
export const formCatalogue = (): FormMark[] => loadTable('forms');

/** Every label of a kind, for finding where values end. The same list each time. */
export function labelsOf(wanted: DocumentKind): string[] {
  const catalogue = formCatalogue();
  let labels = labelsByKind.get(catalogue);
  if (!labels) {
    labels = new Map();
    for (const form of catalogue) labels.set(form.kind, [...(labels.get(form.kind) ?? []), ...form.labels]);
    labelsByKind.set(catalogue, labels);
  }
  return labels.get(wanted) ?? NO_LABELS;
}
const labelsByKind = new WeakMap<FormMark[], Map<DocumentKind, string[]>>();
const NO_LABELS: string[] = [];

/** A title for comparing: plain letters without middle dots, the brackets all alike. */
export const titleKey = (text: string): string => keyOfPlain(plainText(text));

/** The same of a text in plain letters. */
export const keyOfPlain = (text: string): string =>
  !SIGNS.test(text)
    ? text
    : text
        .replace(/[・/]/g, '')
        .replace(/[[<「『]/g, '(')
        .replace(/[\]>」』]/g, ')');
const SIGNS = /[・/[<「『\]>」』]/;
