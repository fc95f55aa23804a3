import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

export interface UploadForm {
  fields: Map<string, string>;
  /** fails when the request is cut off */
  file: Readable;
}

/** S3 allows 20 KB for all fields together. */
const LIMITS = { fields: 50, fieldSize: 20 * 1024, files: 1, headerPairs: 20 };

/** Reads a multipart form up to its field `file`, which is still to be read. Null: no such form. */
export function readForm(request: IncomingMessage): Promise<UploadForm | null> {
  if (!isMultipart(request.headers)) return Promise.resolve(null);
  const form = new Busboy({
    headers: request.headers,
    limits: LIMITS,
    isPartAFile: (name) => name === 'file',
  });
  const fields = new Map<string, string>();
  return new Promise((resolve) => {
    let file: Readable | null = null;
    form.on('field', (name, value) => fields.set(name, value));
    form.on('file', (_name, stream) => {
      file = stream;
      resolve({ fields, file });
    });
    const fail = (error: Error) => (file ? file.destroy(error) : resolve(null));
    form.once('finish', () => resolve(null));
    form.once('error', fail);
    request.once('error', fail);
    request.once('close', () => request.complete || fail(new Error('the upload was cut off')));
    // Not stream.pipeline: it destroys the request when the form ends before the last bytes of the request.
    request.pipe(form);
  });
}

const isMultipart = (headers: IncomingMessage['headers']): headers is BusboyHeaders =>
  /^multipart\/form-data;.*boundary=/i.test(headers['content-type'] ?? '');
