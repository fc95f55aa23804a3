import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UploadSource } from '../shared/packet/upload-source.ts';
import type { AreaSummary } from '../shared/records/area-summary.ts';
import type { PacketLine } from '../shared/records/submission.ts';
import type { Registry } from '../shared/registry/registry.ts';
import { packFolder } from './pack-folder.ts';

/** The desk could not be asked, or said no: in words for the user. */
export class DeskError extends Error {}

export interface UploadStatus {
  upload_id: string;
  name: string;
  state: 'announced' | 'received' | 'finished';
  received_at?: string;
  total?: number | null;
  repeated?: number | null;
  packets: PacketLine[];
  next: string | null;
}

/** A desk seen from outside, through its API: the CLI asks for nothing that the console could not ask for. */
export class DeskClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  async get<T>(path: string): Promise<T> {
    return this.ask<T>(path);
  }

  async ask<T>(path: string, init?: RequestInit): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.url + path, init);
    } catch {
      throw new DeskError(
        `受付 (${this.url}) につながりません。npm start で動かしてから、もう一度実行してください。`,
      );
    }
    const body = (await response.json().catch(() => ({}))) as { message?: string };
    if (!response.ok) throw new DeskError(body.message ?? `受付が要求を断りました (${response.status})。`);
    return body as T;
  }

  /** Sends one upload and returns its receipt number. A folder is packed first. */
  async send(source: UploadSource, office?: string): Promise<string> {
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
    const response = await fetch(url, { method: 'POST', body: form });
    if (!response.ok) {
      const { message } = (await response.json().catch(() => ({}))) as { message?: string };
      throw new DeskError(`${name} を送れませんでした: ${message ?? response.status}`);
    }
    return upload_id;
  }

  /** What only a desk on one machine lets its operator do. */
  operate<T>(what: string, said?: object): Promise<T> {
    return this.ask<T>(`/operate/${what}`, { method: 'POST', ...(said && { body: JSON.stringify(said) }) });
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

  importRegister(registry: Registry): Promise<{ changed: boolean; areas: number; offices: number }> {
    return this.ask(`/registers/${encodeURIComponent(registry.city)}`, {
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

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
