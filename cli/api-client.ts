import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import type { AreaSummary } from '../shared/records/views/area-summary.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import type { Registry } from '../shared/registry/registry.ts';
import { packFiles, packFolder } from './pack-folder.ts';
import { type BusyPolicy, retryWhileBusy } from './retry-while-busy.ts';

/** The desk cannot be reached or refused a request. The message is for the user. */
export class ApiError extends Error {}

export interface UploadStatus {
  upload_id: string;
  name: string;
  state: 'announced' | 'malware_scan' | 'received' | 'finished';
  received_at?: string;
  total?: number | null;
  repeated?: number | null;
  packets: PacketLine[];
  next: string | null;
}

/** The address an upload goes to; or these bytes have arrived already and await their answers. */
type Announced =
  | { upload_id: string; received: true }
  | { upload_id: string; url: string; fields: Record<string, string> };

/** The packet that files complete, and the paths of its files they replace. */
interface Joins {
  packet_id: string;
  replaces: string[];
}
interface AnnouncedAs {
  office?: string | undefined;
  joins?: Joins | undefined;
}

const NO_TOKEN =
  'この受付の操作者として認められませんでした。--data に、動いている受付の記録の場所を指定してください。';

const BUSY_POLICY: BusyPolicy = { timeoutSeconds: 900, onWait: () => {} };

/** Client of the desk's HTTP API. */
export class ApiClient {
  readonly url: string;
  private readonly token: string | null;
  private readonly busyPolicy: BusyPolicy;

  /** @param desk its address, and the token of its operator where it runs on this machine */
  constructor(desk: { url: string; operatorToken?: string }, busyPolicy: Partial<BusyPolicy> = {}) {
    this.url = desk.url.replace(/\/$/, '');
    this.token = desk.operatorToken ?? null;
    this.busyPolicy = { ...BUSY_POLICY, ...busyPolicy };
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>(path);
  }

  async request<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await retryWhileBusy(this.busyPolicy, () => this.exchange(path, init));
    if (response.status === 401) throw new ApiError(NO_TOKEN);
    if (!response.ok) throw new ApiError(await refusalOf(response));
    return (await response.json().catch(() => ({}))) as T;
  }

  post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.request<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Sends one request. Throws ApiError when the desk cannot be reached. */
  protected exchange(path: string, init?: RequestInit): Promise<Response> {
    const authorization = this.token && { authorization: `Bearer ${this.token}` };
    const headers = { ...init?.headers, ...authorization };
    return fetch(this.url + path, { ...init, headers }).catch(() => {
      throw new ApiError(
        `受付 (${this.url}) につながりません。npm start で動かしてから、もう一度実行してください。`,
      );
    });
  }

  /** Runs an operation that only the desk's operator may run (operations/operate.ts). */
  operate<T>(operation: string, input: object = {}): Promise<T> {
    return this.request<T>(`/operate/${operation}`, { method: 'POST', body: JSON.stringify(input) });
  }

  /**
   * Sends one upload and returns its receipt number. Packs a folder first. Throws ApiError when it was not sent.
   * @param joins the packet its files complete
   */
  async send(source: UploadSource, office?: string, joins?: Joins): Promise<string> {
    try {
      if ('file' in source) return await this.sendFile(source.name, source.file, { office, joins });
      return await this.sendPacked(source, { office, joins });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(`「${source.name}」は送っていません。${error.message}`);
    }
  }

  private async sendPacked(
    source: Exclude<UploadSource, { file: string }>,
    announced: AnnouncedAs,
  ): Promise<string> {
    const scratch = await mkdtemp(join(tmpdir(), 'uketsuke-pack-'));
    try {
      const file = join(scratch, 'upload.zip');
      if ('folder' in source) await packFolder(source.folder, file);
      else await packFiles(source.files, file);
      return await this.sendFile(`${source.name}.zip`, file, announced);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private async sendFile(name: string, file: string, as: AnnouncedAs): Promise<string> {
    const announced = await this.request<Announced>('/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, digest: await sha256(file), ...as }),
    });
    const { upload_id } = announced;
    if ('received' in announced) return upload_id;
    const { url, fields } = announced;
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    // A blob of the file is streamed from disk: a month's ZIP needs no memory.
    form.append('file', await openAsBlob(file), 'upload');
    const response = await retryWhileBusy(this.busyPolicy, () =>
      fetch(url, { method: 'POST', body: form }).catch(() => {
        throw new ApiError('送信が途中で切れました。通信を確かめて、もう一度送ってください。');
      }),
    );
    if (!response.ok) throw new ApiError(await refusalOf(response));
    return upload_id;
  }

  /** Waits until every packet of the upload has its answer, or until `isHopeless`. */
  async waitForAnswer(uploadId: string, isHopeless: () => Promise<boolean>): Promise<UploadStatus> {
    for (let pauseMs = 40; ; pauseMs = Math.min(pauseMs * 1.3, 1000)) {
      const { state } = await this.get<UploadStatus>(`/uploads/${encodeURIComponent(uploadId)}`);
      if (state === 'finished' || (await isHopeless())) return this.upload(uploadId);
      await sleep(pauseMs);
    }
  }

  /** The upload with all pages of its packets. */
  async upload(uploadId: string): Promise<UploadStatus> {
    const path = `/uploads/${encodeURIComponent(uploadId)}`;
    const status = await this.get<UploadStatus>(path);
    for (let { next } = status; next; ) {
      const page = await this.get<UploadStatus>(`${path}?after=${encodeURIComponent(next)}`);
      status.packets.push(...page.packets);
      next = page.next;
    }
    return status;
  }

  importRegistry(registry: Registry): Promise<{ changed: boolean; areas: number; offices: number }> {
    return this.request(`/registries/${encodeURIComponent(registry.city)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(registry),
    });
  }

  async summaries(city: string): Promise<AreaSummary[]> {
    return (await this.get<{ summaries: AreaSummary[] }>(`/cities/${encodeURIComponent(city)}/all`))
      .summaries;
  }
}

/** Why the desk refused, in its own Japanese message if it has one. */
async function refusalOf(response: Response): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  // API Gateway and S3 answer in English.
  if (message && /[ぁ-ん]/.test(message)) return message;
  return response.status === 429 || response.status === 503
    ? '受付が混み合っています。時間をおいて、もう一度実行してください。'
    : `受付で処理できませんでした (${response.status}${message ? ` ${message}` : ''})。`;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
