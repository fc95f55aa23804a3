import type { PDFPageProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';

/** Some operators of a page, with their arguments. */
export interface OperatorChunk {
  fnArray: number[];
  argsArray: (unknown[] | null)[];
}

/** How a page of pdfjs reaches its worker; `getOperatorList` gathers the chunks of the same stream. */
interface Transport {
  messageHandler: { sendWithStream(action: string, data: unknown): ReadableStream<OperatorChunk> };
}

/** As pdfjs counts its intents: a list of operators, of what is displayed, with the appearance of annotations. */
const DISPLAY = 0x02;
const OPERATORS = 0x100;

/**
 * The operators of a page as they come in. `getOperatorList` holds all operators of a page at once, however many there are,
 * and cannot be stopped; here the caller ends the loop.
 */
export async function* operatorChunks(page: PDFPageProxy): AsyncGenerator<OperatorChunk> {
  const { messageHandler }: Transport = page._transport;
  const intent = DISPLAY + OPERATORS;
  const stream = messageHandler.sendWithStream('GetOperatorList', {
    pageIndex: page.pageNumber - 1,
    intent,
    cacheKey: String(intent),
    annotationStorage: null,
  });
  const reader = stream.getReader();
  let isEnded = false;
  try {
    for (;;) {
      const { value, done } = await fromEngine(() => reader.read());
      isEnded = done;
      if (done) return;
      yield value;
    }
  } finally {
    // an error of the engine ends the stream as well
    if (!isEnded) await reader.cancel(new Error('no more is read of this page')).catch(() => {});
  }
}
