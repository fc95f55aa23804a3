import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network of a city, as the deployment's `-c closed=FILE` names it. */
export const CLOSED = {
  vpc: 'vpc-0a1b2c3d',
  subnets: ['subnet-0a', 'subnet-0b'],
  clients: ['10.20.0.0/16', '192.168.4.0/24'],
  domain: 'uketsuke.city.example',
  certificate: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/abc',
  issuer: 'https://idp.city.example/',
  client: 'uketsuke',
  keys: [{ kid: 'k1', kty: 'RSA', alg: 'RS256', n: 'n', e: 'AQAB', x5c: ['left out'] }],
};

/** Writes it to a file, with changes. Returns the path. */
export function closedFile(changes: object = {}): string {
  const file = join(mkdtempSync(join(tmpdir(), 'uketsuke-closed-')), 'closed.json');
  writeFileSync(file, JSON.stringify({ ...CLOSED, ...changes }));
  return file;
}
