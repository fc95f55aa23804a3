import { UnreadableFile } from '../../unreadable-file.ts';

/** A decoded picture: four bytes (red, green, blue, alpha) for each pixel, row by row from the top. */
interface DecodedPicture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

type Decode = (input: { buffer: Uint8Array }) => Promise<DecodedPicture>;

/**
 * The first picture of a HEIC file, upright: the decoder turns it as the file says. The library (libheif in WebAssembly)
 * is loaded for the first HEIC only.
 * @throws UnreadableFile where it cannot be decoded
 */
export async function decodeHeic(bytes: Uint8Array, message: string): Promise<DecodedPicture> {
  // @ts-expect-error: the package has no types
  const { default: decode } = (await import('heic-decode')) as { default: Decode };
  try {
    return await decode({ buffer: bytes });
  } catch (cause) {
    // The library throws a TypeError as well over what is wrong with a file.
    throw new UnreadableFile(message, cause);
  }
}
