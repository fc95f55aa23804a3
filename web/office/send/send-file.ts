import { answerWhenFree, api } from '../../shared/api/api.ts';
import { DeskError, refusalText } from '../../shared/api/desk-error.ts';
import { retryWhileBusy } from '../../shared/api/retry-while-busy.ts';
import { isLoopback } from '../../shared/sign-in/token.ts';

export interface SendingEvents {
  /** the receipt number, before the first byte is sent */
  onNumber: (uploadId: string) => void;
  /** share of the bytes that are sent, 0–1 */
  onProgress: (share: number) => void;
  /** each second in which the desk is busy, with the seconds left */
  onWait: (secondsLeft: number) => void;
}

/** Where only the end counts. */
export const NO_EVENTS: SendingEvents = { onNumber: () => {}, onProgress: () => {}, onWait: () => {} };

export interface Announced {
  name: string;
  /** the packet it completes, and the paths of its files it replaces */
  joins?: { packet_id: string; replaces: string[] };
}

/** Sends one file to the inbox and returns the receipt number. Throws DeskError. */
export async function sendFile(what: Announced, file: Blob, events: SendingEvents): Promise<string> {
  const first = await sendOnce(what, file, events);
  // An address ends with the session of the role that signed it, at times before the last byte has arrived.
  const { upload_id, sent } = first.sent?.status === 403 ? await sendOnce(what, file, events) : first;
  if (sent && sent.status >= 300) throw new DeskError(refusalText(sent.status, sent.message), sent.status);
  return upload_id;
}

/** `sent`: the answer of the inbox; null where the bytes are there already. */
async function sendOnce(
  { name, joins }: Announced,
  file: Blob,
  events: SendingEvents,
): Promise<{ upload_id: string; sent: Posted | null }> {
  const announce = () => api.uploads.$post({ json: { name, ...(joins && { joins }) } });
  const announced = await answerWhenFree(announce, events.onWait);
  const { upload_id } = announced;
  if ('received' in announced) {
    events.onNumber(upload_id);
    return { upload_id, sent: null };
  }
  const { url, fields, max_bytes } = announced;
  if (file.size > max_bytes)
    throw new DeskError(
      `大きすぎます（一度に送れるのは ${Math.floor(max_bytes / 1024 ** 2)} MB まで）。分けて送ってください。`,
      413,
    );
  events.onNumber(upload_id);
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', file);
  // On one machine the page may be open under another host name (localhost, 127.0.0.1) than the signed address.
  const target = isLoopback(url) ? location.origin + new URL(url).pathname : url;
  const sent = await retryWhileBusy(() => post(target, form, events.onProgress), events.onWait);
  return { upload_id, sent };
}

interface Posted {
  status: number;
  headers: { get(name: string): string | null };
  message: string | undefined;
}

/** Uses XMLHttpRequest, because fetch reports no upload progress. */
const post = (url: string, form: FormData, onProgress: (share: number) => void): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', url);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        headers: { get: (name) => xhr.getResponseHeader(name) },
        message: messageIn(xhr.responseText),
      });
    xhr.onerror = () =>
      reject(new DeskError('送信が途中で切れました。通信を確かめて、もう一度送ってください。', 0));
    xhr.send(form);
  });

/** One machine answers in JSON, S3 in XML. */
function messageIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return undefined;
  }
}
