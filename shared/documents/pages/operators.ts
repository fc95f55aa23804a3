/** Numbers of pdfjs OPS. */
export const OP = {
  setLineWidth: 2,
  setGState: 9,
  save: 10,
  restore: 11,
  transform: 12,
  stroke: 20,
  closeStroke: 21,
  fill: 22,
  endPath: 28,
  clip: 29,
  eoClip: 30,
  beginText: 31,
  setCharSpacing: 33,
  setWordSpacing: 34,
  setHScale: 35,
  setLeading: 36,
  setFont: 37,
  setTextRenderingMode: 38,
  setTextRise: 39,
  moveText: 40,
  setLeadingMoveText: 41,
  setTextMatrix: 42,
  nextLine: 43,
  showText: 44,
  setFillColorN: 55,
  setFillRGBColor: 59,
  shadingFill: 62,
  beginMarkedContent: 69,
  beginMarkedContentProps: 70,
  endMarkedContent: 71,
  formBegin: 74,
  formEnd: 75,
  beginGroup: 76,
  endGroup: 77,
  beginAnnotation: 80,
  endAnnotation: 81,
  path: 91,
} as const;

/** Those that leave ink: text, shading, images, paths. */
const PAINTING = tableOf(OP.showText, 45, 46, 47, 62, 83, 84, 85, 86, 87, 88, 89, 90, OP.path, 94);
export const isPainting = (operator: number): boolean => PAINTING[operator] === 1;

/** Those that place an image, in its unit square. */
const IMAGES = tableOf(83, 85, 86, 90);
export const isImage = (operator: number): boolean => IMAGES[operator] === 1;

/** Asked for every operator of a page: found by its number. */
export function tableOf(...operators: number[]): Uint8Array {
  const table = new Uint8Array(Math.max(...operators) + 1);
  for (const operator of operators) table[operator] = 1;
  return table;
}
