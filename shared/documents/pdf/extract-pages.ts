import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import type { PageSpan } from '../../packet/packet.ts';
import { UnreadableFile } from '../unreadable-file.ts';

/**
 * A PDF of some pages of another, and of nothing else in it: what leads to other pages (links, form fields, outlines), and pictures
 * that these pages do not draw, are left out.
 * @throws UnreadableFile when its pages cannot be taken out; then nothing of it may be shown
 */
export async function extractPages(bytes: Uint8Array, spans: PageSpan[]): Promise<Uint8Array> {
  try {
    const source = await PDFDocument.load(bytes, { updateMetadata: false });
    const count = source.getPageCount();
    const indices = spans.flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => from - 1 + i),
    );
    if (indices.length === 0 || indices.some((i) => i >= count)) throw new Error('pages are missing');
    for (const index of indices) leaveOnlyOwn(source.getPage(index));
    const target = await PDFDocument.create({ updateMetadata: false });
    for (const page of await target.copyPages(source, indices)) target.addPage(page);
    return await target.save();
  } catch (cause) {
    throw new UnreadableFile('ページを取り出せません', cause);
  }
}

/** What a page needs to be drawn. */
const KEPT: ReadonlySet<string> = new Set(
  [
    'Type',
    'Parent',
    'MediaBox',
    'CropBox',
    'Rotate',
    'UserUnit',
    'Resources',
    'Contents',
    'Annots',
    'Group',
  ].map((name) => `/${name}`),
);

/** What an annotation needs to be drawn: nothing that leads elsewhere. */
const DRAWN: ReadonlySet<string> = new Set(
  [
    'Type',
    'Subtype',
    'Rect',
    'AP',
    'AS',
    'F',
    'C',
    'IC',
    'CA',
    'BS',
    'Border',
    'L',
    'LE',
    'InkList',
    'QuadPoints',
  ].map((name) => `/${name}`),
);

function leaveOnlyOwn(page: PDFPage): void {
  const { node } = page;
  node.normalize();
  keepOnly(node, KEPT);
  const resources = node.Resources();
  if (resources) node.set(PDFName.of('Resources'), withoutUnused(resources, drawnOn(page)));
  const annotations = node.Annots();
  if (!annotations) return;
  const kept = node.context.obj([]) as PDFArray;
  for (let i = 0; i < annotations.size(); i++) {
    const annotation = annotations.lookupMaybe(i, PDFDict);
    if (!annotation?.has(PDFName.of('AP'))) continue;
    const own = annotation.clone(annotation.context);
    keepOnly(own, DRAWN);
    kept.push(own);
  }
  node.set(PDFName.of('Annots'), kept);
}

function keepOnly(dict: PDFDict, names: ReadonlySet<string>): void {
  for (const key of dict.keys()) if (!names.has(key.asString())) dict.delete(key);
}

/** Pages share one dictionary of pictures where a program writes it so: those of other pages are left out. */
function withoutUnused(resources: PDFDict, drawn: ReadonlySet<string>): PDFDict {
  const own = resources.clone(resources.context);
  const objects = own.lookupMaybe(PDFName.of('XObject'), PDFDict);
  if (!objects) return own;
  const used = objects.clone(objects.context);
  for (const key of used.keys()) if (!drawn.has(key.asString())) used.delete(key);
  own.set(PDFName.of('XObject'), used);
  return own;
}

/** Names of the objects that a page draws: `/Im1 Do`. Throws where its contents cannot be decoded. */
function drawnOn(page: PDFPage): Set<string> {
  const { node } = page;
  const streams = resolved(node.Contents(), node.context);
  const drawn = new Set<string>();
  for (const stream of streams) {
    const bytes = stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : null;
    if (!bytes) continue;
    for (const [, name] of Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/(\/[^\s/<>[\](){}%]+)\s+Do\b/g))
      drawn.add(name!);
  }
  return drawn;
}

function resolved(object: PDFObject | undefined, context: PDFPage['node']['context']): PDFObject[] {
  if (object instanceof PDFRef) return resolved(context.lookup(object), context);
  if (object instanceof PDFArray) return object.asArray().flatMap((one) => resolved(one, context));
  return object ? [object] : [];
}
