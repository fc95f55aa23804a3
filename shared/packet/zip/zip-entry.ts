/** One entry of a ZIP as its directory declares it. Declared sizes are not trusted. */
export interface ZipEntry {
  nameRaw: Buffer;
  /** the UTF-8 flag is set (bit 11) */
  flaggedUtf8: boolean;
  /** name of the Unicode path extra field (0x7075), where there is one */
  unicodeName: string | null;
  /** made under DOS or Windows, where a file name cannot contain a backslash */
  madeOnWindows: boolean;
  encrypted: boolean;
  symlink: boolean;
  /** 0 stored, 8 deflated */
  method: number;
  crc32: number;
  compressedSize: number;
  /** as declared, 0 where it is not; what comes out is counted while unpacking */
  unpackedSize: number;
  /** of the local header */
  offset: number;
}
