import { ownValue } from '../../shared/text/own-value.ts';

/** How a file can be shown. */
export type Media = 'pdf' | 'image' | 'tiff' | 'csv' | 'office' | 'other';

/** What a browser shows without running anything. Everything else is bytes to it, also HTML and SVG. */
const SHOWN: Readonly<Record<string, { media: Media; type: string }>> = {
  pdf: { media: 'pdf', type: 'application/pdf' },
  jpg: { media: 'image', type: 'image/jpeg' },
  jpeg: { media: 'image', type: 'image/jpeg' },
  png: { media: 'image', type: 'image/png' },
  gif: { media: 'image', type: 'image/gif' },
  bmp: { media: 'image', type: 'image/bmp' },
  webp: { media: 'image', type: 'image/webp' },
};
export const BYTES = 'application/octet-stream';

const extensionOf = (path: string): string => /\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase() ?? '';

/** What no browser shows by itself, and the page does. */
const CONVERTED: Readonly<Record<string, Media>> = {
  ...{ csv: 'csv', tif: 'tiff', tiff: 'tiff', heic: 'image', heif: 'image' },
  ...{ xlsx: 'office', xlsm: 'office', xlsb: 'office', xls: 'office', ods: 'office' },
  ...{ docx: 'office', docm: 'office' },
};

export function mediaOf(path: string): Media {
  const extension = extensionOf(path);
  return ownValue(CONVERTED, extension) ?? ownValue(SHOWN, extension)?.media ?? 'other';
}

export const contentTypeOf = (path: string): string => ownValue(SHOWN, extensionOf(path))?.type ?? BYTES;
