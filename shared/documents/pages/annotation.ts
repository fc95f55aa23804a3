/** A form field or a note as pdfjs gives it; only the parts used here. */
export interface Annotation {
  subtype: string;
  rect: [number, number, number, number];
  hidden?: boolean;
  annotationFlags?: number;
  fieldType?: string;
  fieldValue?: unknown;
  checkBox?: boolean;
  radioButton?: boolean;
  exportValue?: string;
  buttonValue?: string;
  defaultAppearanceData?: { fontSize?: number };
  contentsObj?: { str?: string };
  quadPoints?: ArrayLike<number> | null;
  inkLists?: ArrayLike<number>[];
}
