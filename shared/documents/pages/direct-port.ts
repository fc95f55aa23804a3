/**
 * The two ends of a line between pdfjs and its worker when both run in one thread. pdfjs' own copies every message
 * (structuredClone), a fifth of the time of reading text; here a message is handed over as it is.
 */
export interface DirectPort {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: Listener, options?: { signal?: AbortSignal } | null): void;
  removeEventListener(type: string, listener: Listener): void;
}
type Listener = (event: { data: unknown }) => void;

/** A pair of connected ports. */
export function directPorts(): [DirectPort, DirectPort] {
  const [here, there] = [new Set<Listener>(), new Set<Listener>()];
  return [port(here, there), port(there, here)];
}

function port(own: Set<Listener>, other: Set<Listener>): DirectPort {
  return {
    postMessage(message) {
      const data = settled(message);
      // never at once: the sender must be done with what it is doing, as across threads
      queueMicrotask(() => {
        for (const listener of other) listener({ data });
      });
    },
    addEventListener(_type, listener, options) {
      own.add(listener);
      options?.signal?.addEventListener('abort', () => own.delete(listener));
    },
    removeEventListener: (_type, listener) => void own.delete(listener),
  };
}

/** Parts of a stream are reused by the worker once they are sent (its lists are emptied), so those lists are copied. */
function settled(message: unknown): unknown {
  const { chunk } = message as { chunk?: unknown };
  if (typeof chunk !== 'object' || chunk === null || ArrayBuffer.isView(chunk)) return message;
  const copy = Object.fromEntries(
    Object.entries(chunk).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
  );
  return { ...(message as object), chunk: copy };
}
