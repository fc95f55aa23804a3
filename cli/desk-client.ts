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
import { packFolder } from './pack-folder.ts';

/** The desk could not be asked, or said no: in words for the user. */
export class DeskError extends Error {}

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

/** What somebody bears whom a busy desk asks to come again. */
export interface Patience {
  /** one request is given up after so long */
  seconds: number;
  /** hears, in words for the user, that it is waited and how long */
  waiting: (said: string) => void;
}
const PATIENCE: Patience = { seconds: 900, waiting: () => {} };

/** A desk seen from outside, through its API: the CLI asks for nothing that the console could not ask for. */
export class DeskClient {
  readonly url: string;
  private readonly patience: Patience;

  constructor(url: string, patience: Partial<Patience> = {}) {
    this.url = url.replace(/\/$/, '');
    this.patience = { ...PATIENCE, ...patience };
  }

  async get<T>(path: string): Promise<T> {
    return this.ask<T>(path);
  }

  async ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await this.patiently(() => this.request(path, init));
    if (!response.ok) throw new DeskError(await wordOf(response));
    return (await response.json().catch(() => ({}))) as T;
  }

  /** How the desk is reached. Throws DeskError where it cannot be. */
  protected request(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init).catch(() => {
      throw new DeskError(
        `受付 (${this.url}) につながりません。npm start で動かしてから、もう一度実行してください。`,
      );
    });
  }

  /** Asks again as long as the desk is busy and the patience lasts; the last answer is returned, whatever it is. */
  private async patiently(request: () => Promise<Response>): Promise<Response> {
    const until = Date.now() + this.patience.seconds * 1000;
    for (let tries = 0; ; tries++) {
      const response = await request();
      const pause = pauseOf(response, tries);
      const left = (until - Date.now()) / 1000;
      if (pause === null || pause > left) return response;
      const minutes = Math.ceil(left / 60);
      this.patience.waiting(
        `受付が混み合っています。${Math.ceil(pause)} 秒後にもう一度試します（あと ${minutes} 分まで待ちます）。`,
      );
      await response.body?.cancel();
      await sleep(pause * 1000);
    }
  }

  /**
   * Sends one upload and returns its receipt number. A folder is packed first.
   * Throws DeskError, which says that it was not sent, and why.
   */
  async send(source: UploadSource, office?: string): Promise<string> {
    try {
      return await this.sendSource(source, office);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      throw new DeskError(`「${source.name}」は送っていません。${error.message}`);
    }
  }

  private async sendSource(source: UploadSource, office?: string): Promise<string> {
    if ('file' in source) return this.sendFile(source.name, source.file, office);
    const scratch = await mkdtemp(join(tmpdir(), 'uketsuke-pack-'));
    try {
      const file = join(scratch, 'upload.zip');
      await packFolder(source.folder, file);
      return await this.sendFile(`${source.name}.zip`, file, office);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private async sendFile(name: string, file: string, office?: string): Promise<string> {
    const digest = await sha256(file);
    const { upload_id, url, fields } = await this.ask<{
      upload_id: string;
      url: string;
      fields: Record<string, string>;
    }>('/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, digest, office }),
    });
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    // Read from disk while it is sent: a month's ZIP needs no memory.
    form.append('file', await openAsBlob(file), 'upload');
    const response = await this.patiently(() =>
      fetch(url, { method: 'POST', body: form }).catch(() => {
        throw new DeskError('送信が途中で切れました。通信を確かめて、もう一度送ってください。');
      }),
    );
    if (!response.ok) throw new DeskError(await wordOf(response));
    return upload_id;
  }

  /** What a desk lets its operator alone do (operations/operations.ts). */
  operate<T>(what: string, said: object = {}): Promise<T> {
    return this.ask<T>(`/operate/${what}`, { method: 'POST', body: JSON.stringify(said) });
  }

  /** Waits until every packet of the upload has its answer, or until `isHopeless` says that none will come. */
  async answered(uploadId: string, isHopeless: () => Promise<boolean>): Promise<UploadStatus> {
    for (let wait = 40; ; wait = Math.min(wait * 1.3, 1000)) {
      const { state } = await this.get<UploadStatus>(`/uploads/${encodeURIComponent(uploadId)}`);
      if (state === 'finished' || (await isHopeless())) return this.upload(uploadId);
      await sleep(wait);
    }
  }

  /** The upload with all of its packets. */
  async upload(uploadId: string): Promise<UploadStatus> {
    const status = await this.get<UploadStatus>(`/uploads/${encodeURIComponent(uploadId)}`);
    for (let next = status.next; next; ) {
      const page = await this.get<UploadStatus>(
        `/uploads/${encodeURIComponent(uploadId)}?after=${encodeURIComponent(next)}`,
      );
      status.packets.push(...page.packets);
      next = page.next;
    }
    return status;
  }

  importRegistry(registry: Registry): Promise<{ changed: boolean; areas: number; offices: number }> {
    return this.ask(`/registries/${encodeURIComponent(registry.city)}`, {
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

/** The longest a desk may ask us to wait, and we wait without being told how long. Seconds. */
const LONGEST_PAUSE = 300;
const LONGEST_GUESS = 60;

/**
 * How many seconds to wait before the same is asked again, or null where asking again would not help.
 * 503 is the desk's own word for "busy", 429 that of the HTTP API before it; S3 says 503 too. What all were told at the
 * same moment must not come back at the same moment: up to half of it is added by chance.
 */
function pauseOf({ status, headers }: Response, tries: number): number | null {
  if (status !== 429 && status !== 503) return null;
  const said = headers.get('retry-after');
  const asked = said === null ? Number.NaN : /^\d+$/.test(said) ? Number(said) : secondsUntil(said);
  const least = Number.isNaN(asked)
    ? Math.min(2 ** tries, LONGEST_GUESS)
    : Math.min(Math.max(asked, 0.1), LONGEST_PAUSE);
  return least * (1 + Math.random() / 2);
}

const secondsUntil = (date: string): number => (Date.parse(date) - Date.now()) / 1000;

/** Why the desk said no, in its own words where it has any. */
async function wordOf(response: Response): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  // What stands before the desk (the HTTP API, S3) speaks no Japanese.
  if (message && /[ぁ-ん]/.test(message)) return message;
  return response.status === 429 || response.status === 503
    ? '受付が混み合っています。時間をおいて、もう一度実行してください。'
    : `受付が要求を断りました (${response.status}${message ? ` ${message}` : ''})。`;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
