import { token } from './sign-in.js';

/** How people sign in here, and the words for the keys the desk uses. Read once. */
let about;
export const aboutDesk = () => {
  about ??= fetch('/session').then((response) => response.json());
  return about;
};

/** A busy desk is asked again for so long, and never waited for longer than this at once. Seconds. */
const PATIENCE = 15 * 60;
const LONGEST_PAUSE = 300;

/**
 * Asks again while the desk is busy: 503 is its own word for it, 429 that of the API before it, and S3 says 503 too.
 * `waiting` hears each second how many are left. The last answer is returned, whatever it is.
 */
async function patiently(request, waiting = () => {}) {
  const until = Date.now() + PATIENCE * 1000;
  for (let tries = 0; ; tries++) {
    const answer = await request();
    if (answer.status !== 429 && answer.status !== 503) return answer;
    const asked = Number(answer.headers.get('retry-after')) || Math.min(2 ** tries, 60);
    // What all were told at the same moment must not come back at the same moment.
    const pause = Math.ceil(Math.min(asked, LONGEST_PAUSE) * (1 + Math.random() / 2));
    if (Date.now() + pause * 1000 > until) return answer;
    for (let left = pause; left > 0; left--) {
      waiting(left);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

/** Why the desk said no: its own words, where they are meant for people here. */
function wordOf(status, message) {
  if (/[ぁ-ん]/.test(message ?? '')) return message;
  if (status === 429 || status === 503)
    return '受付が混み合っています。時間をおいて、もう一度お試しください。';
  return `受付が要求を断りました (${status})。`;
}

/** Asks the desk. Throws an Error whose message is meant for people. `waiting`: see `patiently`. */
export async function ask(path, init = {}, waiting = undefined) {
  const headers = { ...init.headers };
  const bearer = token();
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const response = await patiently(
    () =>
      fetch(path, { ...init, headers }).catch(() => {
        throw new Error('受付につながりません。通信を確かめて、もう一度お試しください。');
      }),
    waiting,
  );
  if (response.status === 401)
    throw new Error('サインインの期限が切れました。もう一度サインインしてください。');
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(wordOf(response.status, body.message));
  return body;
}

/** Sends one file to the inbox; `progress` hears 0–1, `waiting` the seconds until a busy desk is asked again. Returns the receipt number. */
export async function send(file, progress, waiting) {
  const announcement = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: file.name }),
  };
  const { upload_id, url, fields, max_bytes } = await ask('/uploads', announcement, waiting);
  if (file.size > max_bytes)
    throw new Error(
      `${file.name} は大きすぎます (${Math.floor(max_bytes / 1024 ** 2)} MB まで)。分けて送ってください。`,
    );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const { auth } = await aboutDesk();
  // On one machine the desk may be open under another of its names; the inbox is always behind this page's door.
  const target = auth === 'local' ? location.origin + new URL(url).pathname : url;
  const { status, message } = await patiently(() => post(target, form, progress), waiting);
  if (status >= 300) throw new Error(wordOf(status, message));
  return upload_id;
}

/** fetch cannot tell how far an upload has come. */
const post = (url, form, progress) =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      done({
        status: request.status,
        headers: { get: (name) => request.getResponseHeader(name) },
        message: messageIn(request.responseText),
      });
    request.onerror = () => failed(new Error('送信が途中で切れました。もう一度送ってください。'));
    request.send(form);
  });

/** The desk of one machine answers in JSON, S3 in XML. */
function messageIn(text) {
  try {
    return JSON.parse(text).message;
  } catch {
    return undefined;
  }
}

/** Waits until every packet of an upload has its answer; `tell` hears how far it is. */
export async function answered(uploadId, tell) {
  for (let wait = 300; ; wait = Math.min(wait * 1.4, 5000)) {
    const status = await ask(`/uploads/${encodeURIComponent(uploadId)}`);
    if (status.state === 'finished') return whole(status);
    tell(status.state);
    await new Promise((done) => setTimeout(done, wait));
  }
}

/** An upload with all of its packets, page by page. */
export async function whole(status) {
  let { next } = status;
  while (next) {
    const page = await ask(
      `/uploads/${encodeURIComponent(status.upload_id)}?after=${encodeURIComponent(next)}`,
    );
    status.packets.push(...page.packets);
    next = page.next;
  }
  return status;
}
