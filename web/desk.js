import { token } from './sign-in.js';

/** How users sign in, and the Japanese names of the keys in answers. Requested once. */
let about;
export const aboutDesk = () => {
  about ??= fetch('/session').then((response) => response.json());
  return about;
};

/** Seconds: for all retries of one request, and for one pause. */
const RETRY_TIMEOUT = 15 * 60;
const MAX_PAUSE = 300;

/**
 * Repeats a request while the desk is busy: 503 from the desk and from S3, 429 from API Gateway. Returns the last
 * response, whatever it is.
 * @param {(secondsLeft: number) => void} onWait called each second of a pause
 */
async function retryWhileBusy(request, onWait = () => {}) {
  const until = Date.now() + RETRY_TIMEOUT * 1000;
  for (let tries = 0; ; tries++) {
    const response = await request();
    if (response.status !== 429 && response.status !== 503) return response;
    const requested = Number(response.headers.get('retry-after')) || Math.min(2 ** tries, 60);
    // Clients refused at the same moment must not return at the same moment.
    const pause = Math.ceil(Math.min(requested, MAX_PAUSE) * (1 + Math.random() / 2));
    if (Date.now() + pause * 1000 > until) return response;
    for (let left = pause; left > 0; left--) {
      onWait(left);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

/** Why a request was refused: the message of the desk, if it is Japanese. */
function refusalOf(status, message) {
  if (/[ぁ-ん]/.test(message ?? '')) return message;
  if (status === 429 || status === 503)
    return '受付が混み合っています。時間をおいて、もう一度お試しください。';
  return `受付が要求を断りました (${status})。`;
}

/**
 * Sends a request to the API. Throws an Error with a message for the user. `onWait`: see retryWhileBusy.
 * @param {RequestInit & { headers?: Record<string, string> }} init
 */
export async function request(path, init = {}, onWait = undefined) {
  /** @type {Record<string, string>} */
  const headers = { ...init.headers };
  const bearer = token();
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const response = await retryWhileBusy(
    () =>
      fetch(path, { ...init, headers }).catch(() => {
        throw new Error('受付につながりません。通信を確かめて、もう一度お試しください。');
      }),
    onWait,
  );
  if (response.status === 401)
    throw new Error('サインインの期限が切れました。もう一度サインインしてください。');
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(refusalOf(response.status, body.message));
  return body;
}

/** Sends one file to the inbox and returns the receipt number. `onProgress`: 0–1. `onWait`: see retryWhileBusy. */
export async function send(file, onProgress, onWait) {
  const announcement = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: file.name }),
  };
  const { upload_id, url, fields, max_bytes } = await request('/uploads', announcement, onWait);
  if (file.size > max_bytes)
    throw new Error(
      `${file.name} は大きすぎます (${Math.floor(max_bytes / 1024 ** 2)} MB まで)。分けて送ってください。`,
    );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const { auth } = await aboutDesk();
  // On one machine the page may be open under another host name (localhost, 127.0.0.1) than the signed address.
  const target = auth === 'local' ? location.origin + new URL(url).pathname : url;
  const { status, message } = await retryWhileBusy(() => post(target, form, onProgress), onWait);
  if (status >= 300) throw new Error(refusalOf(status, message));
  return upload_id;
}

/** Uses XMLHttpRequest, because fetch reports no upload progress. */
const post = (url, form, onProgress) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', url);
    xhr.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        headers: { get: (name) => xhr.getResponseHeader(name) },
        message: messageIn(xhr.responseText),
      });
    xhr.onerror = () => reject(new Error('送信が途中で切れました。もう一度送ってください。'));
    xhr.send(form);
  });

/** One machine answers in JSON, S3 in XML. */
function messageIn(text) {
  try {
    return JSON.parse(text).message;
  } catch {
    return undefined;
  }
}

/** Waits until every packet of an upload has its answer. `onState`: called with each state before that. */
export async function waitForAnswer(uploadId, onState) {
  for (let wait = 300; ; wait = Math.min(wait * 1.4, 5000)) {
    const status = await request(`/uploads/${encodeURIComponent(uploadId)}`);
    if (status.state === 'finished') return withAllPages(status);
    onState(status.state);
    await new Promise((done) => setTimeout(done, wait));
  }
}

/** The upload with all pages of its packets. */
export async function withAllPages(status) {
  let { next } = status;
  while (next) {
    const page = await request(
      `/uploads/${encodeURIComponent(status.upload_id)}?after=${encodeURIComponent(next)}`,
    );
    status.packets.push(...page.packets);
    next = page.next;
  }
  return status;
}
