import type { TypedResponse } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { toCp932, toCsv, toUtf8 } from '../../shared/text/csv.ts';
import type { ApiContext } from './env.ts';

/** Typed as a body, so that the typed client of the page knows the JSON answers of the same route. */
type Download = Response & TypedResponse<Uint8Array<ArrayBuffer>, 200, 'body'>;

/** A request of any function of the API. */
type Asked = Pick<ApiContext, 'body'> & { req: { query: (name: string) => string | undefined } };

/** A file to save, under a name that may be Japanese. */
function download(c: Asked, name: string, bytes: Uint8Array, type: string): Download {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });
}

export const downloadPdf = (c: Asked, name: string, bytes: Uint8Array): Download =>
  download(c, `${name}.pdf`, bytes, 'application/pdf');

export const downloadZip = (c: Asked, name: string, bytes: Uint8Array): Download =>
  download(c, `${name}.zip`, bytes, 'application/zip');

/** A table for a spreadsheet, in UTF-8 or with `?encoding=cp932` in what older programs read. */
export function downloadCsv(c: Asked, name: string, columns: string[], rows: string[][]): Download {
  const encoding = c.req.query('encoding') ?? 'utf-8';
  if (encoding !== 'utf-8' && encoding !== 'cp932')
    throw new HTTPException(400, { message: '文字コード (encoding) は utf-8 か cp932 を指定してください。' });
  const csv = toCsv([columns, ...rows]);
  const bytes = encoding === 'cp932' ? toCp932(csv) : toUtf8(csv);
  const charset = encoding === 'cp932' ? 'shift_jis' : 'utf-8';
  return download(c, `${name}.csv`, bytes, `text/csv; charset=${charset}`);
}
