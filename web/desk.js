import { token } from './sign-in.js';

/** How people sign in here, and the words for the keys the desk uses. Read once. */
let about;
export const aboutDesk = () => {
  about ??= fetch('/session').then((response) => response.json());
  return about;
};

/** Asks the desk. Throws an Error whose message is meant for people. */
export async function ask(path, init = {}) {
  const headers = { ...init.headers };
  const bearer = token();
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  let response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch {
    throw new Error('受付につながりません。通信を確かめて、もう一度お試しください。');
  }
  if (response.status === 401)
    throw new Error('サインインの期限が切れました。もう一度サインインしてください。');
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.message ?? `受付が要求を断りました (${response.status})。`);
  return body;
}

/** Sends one file to the inbox; `progress` hears 0–1. Returns the receipt number. */
export async function send(file, progress) {
  const { upload_id, url, fields, max_bytes } = await ask('/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: file.name }),
  });
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
  await post(target, form, progress);
  return upload_id;
}

/** fetch cannot tell how far an upload has come. */
const post = (url, form, progress) =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status < 300
        ? done()
        : failed(new Error('送れませんでした。時間をおいて、もう一度送ってください。'));
    request.onerror = () => failed(new Error('送信が途中で切れました。もう一度送ってください。'));
    request.send(form);
  });

/** Waits until every packet of an upload has its answer. */
export async function answered(uploadId) {
  for (let wait = 300; ; wait = Math.min(wait * 1.4, 5000)) {
    const status = await ask(`/uploads/${encodeURIComponent(uploadId)}`);
    if (status.state === 'finished') return whole(status);
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
