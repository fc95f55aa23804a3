// @ts-expect-error: the package has no types
import decoderFor from 'heic-decode/lib.js';
// A file of its own, which anyone may exchange: LGPL.
import libheifUrl from 'libheif-js/libheif-wasm/libheif-bundle.mjs?url';

/** The worker in which one HEIC picture is decoded: its bytes in, its pixels out, null where it cannot be decoded. */
export interface DecodedHeic {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

const loadDecoder = async (): Promise<(input: { buffer: Uint8Array }) => Promise<DecodedHeic>> => {
  const { default: libheif } = await import(/* @vite-ignore */ libheifUrl);
  return decoderFor(libheif()).one;
};

addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  try {
    const decode = await loadDecoder();
    const { width, height, data: pixels } = await decode({ buffer: data });
    postMessage({ width, height, data: pixels } satisfies DecodedHeic);
  } catch {
    postMessage(null);
  }
});
