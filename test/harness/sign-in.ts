import type { Host } from '../../host/host.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';

/** The claims of a token, as API Gateway passes them on. */
export const officeClaims = (number: string) => ({ 'cognito:groups': '[office]', 'custom:office': number });
export const hokatsuClaims = (city: string, ...areas: string[]) => ({
  'cognito:groups': '[hokatsu]',
  'custom:city': city,
  'custom:areas': areas.join(' '),
});
export const cityClaims = (city: string) => ({ 'cognito:groups': '[city]', 'custom:city': city });
export const OPERATOR_CLAIMS = { 'cognito:groups': '[operator]' };

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Callers with claims of their own, at the API's app and the inbox of a running host. */
export async function signIn(desk: Host) {
  const { app } = await import('../../functions/api/app.ts');

  async function call(claims: object, path: string, init: RequestInit = {}): Promise<Answer> {
    const event = { requestContext: { authorizer: { jwt: { claims } } } };
    const response = await app.request(path, init, { event } as never);
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Answer['body'] };
  }

  /** Announces and sends a ZIP as this caller, also one that completes a packet; returns its receipt number. */
  async function send(
    claims: object,
    name: string,
    bytes: Uint8Array,
    office?: string,
    joins?: { packet_id: string; replaces?: string[] },
  ): Promise<string> {
    const announced = await call(claims, '/uploads', {
      method: 'POST',
      body: JSON.stringify({ name, ...(office && { office }), ...(joins && { joins }) }),
    });
    const { upload_id, url, fields } = announced.body as {
      upload_id: string;
      url: string;
      fields: Record<string, string>;
    };
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob([new Uint8Array(bytes)]), 'upload');
    const sent = await fetch(url, { method: 'POST', body: form });
    if (!sent.ok) throw new Error(`not sent: ${sent.status}`);
    return upload_id;
  }

  /** Waits for the desk and returns the packets of an upload. */
  async function answers(upload: string): Promise<PacketLine[]> {
    await desk.waitUntilIdle();
    const { body } = await call(OPERATOR_CLAIMS, `/uploads/${upload}`);
    return body.packets as PacketLine[];
  }

  async function verdict(claims: object, packet: string): Promise<PacketVerdict> {
    return (await call(claims, `/packets/${packet}`)).body.verdict as PacketVerdict;
  }

  return { call, send, answers, verdict };
}
