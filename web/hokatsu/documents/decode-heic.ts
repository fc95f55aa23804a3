import type { DecodedHeic } from './heic-worker.ts';

/** A HEIC picture, upright. No browser but Safari shows one: a worker decodes it, so that the page stays usable. */
export async function decodeHeic(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { type: 'module' });
  try {
    const { width, height, data } = await new Promise<DecodedHeic>((resolve, reject) => {
      worker.onmessage = ({ data: answer }: MessageEvent<DecodedHeic | null>) =>
        answer ? resolve(answer) : reject(new Error('not decoded'));
      worker.onerror = () => reject(new Error('not decoded'));
      worker.postMessage(bytes);
    });
    return await createImageBitmap(new ImageData(data, width, height));
  } finally {
    worker.terminate();
  }
}
