/** What an upload may cost to open. Real bytes are counted while unpacking; what the ZIP declares is never believed. */
export interface UploadLimits {
  /** files in one upload, those of nested ZIPs included; as many of the smallest take 16 s of CPU */
  files: number;
  /** records of all its CSV files; as many, whatever is in them, are read in less than 20 s of CPU */
  rows: number;
  /** bytes of one unpacked file */
  fileBytes: number;
  /** bytes of all unpacked files of one upload */
  totalBytes: number;
  /** unpacked : packed, judged once a file has grown past `ratioFrom` bytes */
  ratio: number;
  ratioFrom: number;
  /** the same over a whole ZIP, whose files seldom shrink as far as one may: text by a tenth, a clean scan by a twentieth */
  zipRatio: number;
  zipRatioFrom: number;
  /** bytes by which all unpacked files of one ZIP may exceed the ZIP: the CSV files of a large office grow by a tenth of this */
  growthBytes: number;
  /** folders inside folders */
  depth: number;
  /** ZIPs inside ZIPs */
  nesting: number;
}

export const DEFAULT_LIMITS: UploadLimits = {
  files: 50_000,
  rows: 200_000,
  fileBytes: 100 * 1024 ** 2,
  totalBytes: 8 * 1024 ** 3,
  ratio: 200,
  ratioFrom: 10 * 1024 ** 2,
  zipRatio: 50,
  zipRatioFrom: 64 * 1024 ** 2,
  growthBytes: 2 * 1024 ** 3,
  depth: 20,
  nesting: 1,
};

/** `104857600` → `100 MB`, for messages. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} バイト`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), units.length);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power - 1]}`;
}
