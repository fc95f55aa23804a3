import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../../cli/api-client.ts';
import type { API_ROUTES } from '../../../infra/api-routes.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import type { Registry } from '../../../shared/registry/registry.ts';
import { registryTable } from '../../../shared/registry/registry-tables.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { whyNotWaivable } from '../../../shared/rules/waiver.ts';

type Route = (typeof API_ROUTES)[number];
/** Method and path of a request. */
export type Asked = [method: string, path: string];

/**
 * Asks every route of the API that answers with JSON, about one packet that is reviewed; reading comes first, the end
 * of the review last. Throws where one refuses. Returns what was asked. Uploads, dry runs and downloads are asked by the test itself.
 */
export async function askEveryRoute(
  client: ApiClient,
  packet: PacketLine,
  registry: Registry,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  const send = <T>(method: string, path: string, body?: object): Promise<T> => {
    asked.push([method, path]);
    const headers = { 'content-type': 'application/json' };
    return client.request<T>(path, { method, ...(body && { headers, body: JSON.stringify(body) }) });
  };
  const get = <T = object>(path: string): Promise<T> => send('GET', path);
  const { packet_id: id, city, area, service_month: month, upload_id } = packet;

  for (const path of ['/session', '/uploads', `/uploads/${upload_id}`, '/packets', '/packets/table'])
    await get(path);
  for (const part of [
    '',
    '/changes',
    '/correction',
    '/trail',
    '/before',
    '/files',
    '/files/1',
    '/files/1/rows',
    '/cover',
  ])
    await get(`/packets/${id}${part}`);
  // The samples have no Office file: it is read, and the answer is that it is none.
  await get(`/packets/${id}/files/1/page`).catch(() => {});
  await get(`/notices/${id}`);
  await get(`/letters?office=${packet.office_number}`);

  const { people } = await get<{ people: { person: string }[] }>(`/areas/${city}/${area}/${month}/people`);
  await get(`/people/${city}/${people[0]!.person}`);
  await send('POST', '/people/search', { city, number: packet.insured_number });
  await get(`/areas/${city}/${area}/${month}`);
  await get(`/calendar/${city}/${area}`);
  await send('POST', `/samples/${city}/${area}`, { purpose: 'conference', month, count: 1 });
  await get(`/samples/${city}/${area}`);

  for (const part of ['trend', 'rules', month, `${month}/list?of=decisions&key=review`, `${month}/csv`])
    await get(`/cities/${city}/${part}`);
  const { id: waiver } = await send<{ id: string }>('POST', `/cities/${city}/waivers`, {
    ...{ rule: waivableRule(city!), office: null, from: '2024-05-01', until: '2024-05-31' },
    ...{ approver: '課長', reason: '様式の改正中' },
  });
  await get(`/cities/${city}/waivers`);
  await send('POST', `/cities/${city}/waivers/${waiver}/end`, { reason: '改正が終わった' });

  await get(`/guide/${city}`);
  await get(`/rules/${city}/${waivableRule(city!)}`);
  await get('/registries');
  await get(`/registries/${city}`);
  await send('POST', `/registries/${city}/preview`, registry);
  await send('PUT', `/registries/${city}`, registry);
  const { in_force } = await get<{ in_force: string }>(`/registries/${city}/editions`);
  await get(`/registries/${city}/editions/${in_force}`);
  await get(`/registries/${city}/tables/offices`);
  await send('POST', `/registries/${city}/from-table`, { csv: officesOf(registry) });

  const { yaml } = await get<{ yaml: string }>(`/cities/${city}/profile`);
  const edited = { yaml: yaml.replace('severity: error', 'severity: warn') };
  await send('POST', `/cities/${city}/profile/changes`, edited);
  const period = { from: '2024-01', until: '2024-12' };
  const replay = await send<{ id: string }>('POST', `/cities/${city}/replays`, { ...edited, ...period });
  for (const part of ['', `/${replay.id}`, `/${replay.id}/profile`])
    await get(`/cities/${city}/replays${part}`);
  while ((await client.get<{ state: string }>(`/cities/${city}/replays/${replay.id}`)).state !== 'done')
    await sleep(100);
  await send('POST', `/cities/${city}/replays/${replay.id}/stop`, {});

  for (const path of [`health?city=${city}`, 'uploads', 'dead-letters']) await get(`/operations/${path}`);
  await send('POST', '/operations/dead-letters/redrive', { target: 'all' });
  // Nothing of it is open.
  for (const act of ['retry', 'give-up'])
    await send('POST', `/operations/uploads/${upload_id}/${act}`, {}).catch(() => {});

  await get(`/review?city=${city}&area=${area}`);
  await get(`/review/${id}`);
  await send('POST', `/review/${id}/claim`, {});
  await send('POST', `/packets/${id}/withdraw`, { reason: '別の月で送った' });
  await send('POST', `/review/${id}/close`, { decision: 'confirmed' });
  return asked;
}

/** The offices as a table for a spreadsheet. */
function officesOf(registry: Registry): string {
  const { columns, rows } = registryTable(registry, 'offices');
  return [columns, ...rows].map((row) => row.join(',')).join('\n');
}

const waivableRule = (city: string): string =>
  loadProfile(city).rules.find(({ id }) => whyNotWaivable(city, id) === null)!.id;

/** The routes that none of these requests reaches. */
export const unasked = (routes: readonly Route[], asked: readonly Asked[]): string[] =>
  routes
    .filter(({ method, path }) => !asked.some(([by, to]) => by === method && reaches(to, path)))
    .map(({ method, path }) => `${method} ${path}`);

function reaches(path: string, route: string): boolean {
  const [asked, parts] = [path.split('?')[0]!.split('/'), route.split('/')];
  return asked.length === parts.length && parts.every((part, n) => part.startsWith('{') || part === asked[n]);
}
