import { api } from '../../shared/api/api.ts';
import { DeskError, refusalText } from '../../shared/api/desk-error.ts';

/** A file of a packet, by its number (`file` of the list). */
export interface FileAddress {
  packetId: string;
  file: string;
  /** a TIFF as a PDF, as no browser shows it; or the picture inside an Office file that counts as a page */
  as?: { as: 'pdf' } | { as: 'picture'; page: string };
}

/** The whole file. The desk answers a large one in ranges. */
export async function fetchBytes(address: FileAddress): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let total = 1;
  while (size < total) {
    const response = await fetchFrom(address, size);
    const part = new Uint8Array(await response.arrayBuffer());
    const whole = response.status === 206 ? sizeIn(response.headers.get('content-range')) : part.length;
    if (part.length === 0) break;
    parts.push(part);
    size += part.length;
    total = whole;
  }
  return joined(parts, size);
}

async function fetchFrom({ packetId, file, as }: FileAddress, start: number): Promise<Response> {
  const response: Response = await api.packets[':id'].files[':file'].$get(
    { param: { id: packetId, file }, query: as ?? {} },
    { headers: { range: `bytes=${start}-` } },
  );
  if (response.ok) return response;
  const body = (await response.json().catch(() => null)) as { message?: string } | null;
  // An empty file has no range.
  if (response.status === 416) return new Response(null);
  throw new DeskError(refusalText(response.status, body?.message), response.status);
}

/** `bytes 0-99/200` → 200 */
const sizeIn = (range: string | null): number => Number(/\/(\d+)$/.exec(range ?? '')?.[1] ?? 0);

function joined(parts: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
