import type { IncomingMessage } from 'node:http';
import type { Middleware } from './loopback.ts';
import { isSigned } from './signature.ts';

/** Bytes: the limit of S3. */
const MAX_KEY = 1024;

/**
 * Answers only requests of this desk. The stores listen on this machine, where any web page that the user opens can
 * send requests to them; so a request needs a signature with the secret of this start, has no origin, names this
 * address, and its keys stay in the folder of the store.
 */
export const guardStore =
  (secret: string): Middleware =>
  async (request, response, next) => {
    if (!isFromBrowser(request) && namesThisServer(request) && isSigned(request, secret)) {
      if (pathsOf(request).every(staysInStore)) return next();
      response.writeHead(400, { connection: 'close' }).end();
      return;
    }
    response.writeHead(403, { connection: 'close' }).end();
  };

/** Browsers set these headers, and no script of a page can remove them. */
const isFromBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

/** A page of another name may be served from this address (DNS rebinding); its name is in the Host header. */
function namesThisServer({ headers, socket }: IncomingMessage): boolean {
  const { host } = headers;
  return host === `127.0.0.1:${socket.localPort}` || host === `localhost:${socket.localPort}`;
}

/** The object of the request, and the object that it is copied from. */
const pathsOf = ({ url = '/', headers }: IncomingMessage): string[] =>
  [url, headers['x-amz-copy-source'] ?? ''].map((path) => String(path).split('?')[0]!.replace(/^\//, ''));

/** `encodedPath`: `<bucket>/<key>` */
function staysInStore(encodedPath: string): boolean {
  try {
    const [bucket = '', ...rest] = encodedPath.split('/');
    return isFileName(decodeURIComponent(bucket)) && isSafeKey(decodeURIComponent(rest.join('/')));
  } catch {
    return false; // not decodable
  }
}

/** A bucket alone has the key ''. */
export function isSafeKey(key: string): boolean {
  if (key === '') return true;
  const parts = key.split('/');
  // A last slash is the mark of a folder.
  if (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return Buffer.byteLength(key) <= MAX_KEY && parts.every((part) => part !== '' && isFileName(part));
}

const isFileName = (part: string): boolean => !['.', '..'].includes(part) && !/[\0\\/]/.test(part);
