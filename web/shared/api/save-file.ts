import { DeskError, refusalText } from './desk-error.ts';

/** The bytes of an answer. Throws DeskError with a message for the user where the desk refused. */
export async function fileOf(request: Promise<Response>): Promise<Blob> {
  const response = await request;
  if (response.ok) return response.blob();
  const body = (await response.json().catch(() => null)) as { message?: string } | null;
  throw new DeskError(refusalText(response.status, body?.message), response.status);
}

/** Saves a file of the desk under the name the desk gives it. */
export async function saveFile(request: Promise<Response>): Promise<void> {
  const response = await request;
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await fileOf(Promise.resolve(response)));
  const link = document.createElement('a');
  link.href = url;
  link.download = name ? decodeURIComponent(name) : '受付';
  link.click();
  URL.revokeObjectURL(url);
}
