import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** desk.json in the data folder: which process runs the desk there, and where its door is. */
export interface DeskFile {
  pid: number;
  url: string;
  started_at: string;
}

export class DeskRunningError extends Error {}

const fileOf = (folder: string): string => join(folder, 'desk.json');

export function readDeskFile(folder: string): DeskFile | null {
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8')) as DeskFile;
  } catch {
    return null;
  }
}

export interface Claim {
  /** an earlier desk on this folder was killed, or the machine went down under it */
  wasKilled: boolean;
  leave: () => void;
}

/**
 * Takes the folder for this process: two desks on one folder would write over each other.
 * The claim is a socket, not a file with a process number: it dies with its holder, and numbers are used again.
 * Throws DeskRunningError, in words for the user.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  mkdirSync(folder, { recursive: true });
  const socket = socketOf(folder);
  const server = (await listen(socket)) ?? (await afterStale(socket));
  const before = readDeskFile(folder);
  if (!server)
    throw new DeskRunningError(
      `この場所 (${folder}) では、もう受付が動いています${before ? ` (プロセス ${before.pid}、${before.url})` : ''}。` +
        'そちらを使うか、止めてからもう一度始めてください。別の場所で始めるときは --data フォルダー を付けます。',
    );
  // The claim alone must not keep the process alive.
  server.unref();
  return {
    wasKilled: before !== null,
    leave: () => {
      rmSync(fileOf(folder), { force: true });
      server.close();
    },
  };
}

export function writeDeskFile(folder: string, url: string): void {
  const desk: DeskFile = { pid: process.pid, url, started_at: new Date().toISOString() };
  writeFileSync(`${fileOf(folder)}.new`, JSON.stringify(desk));
  renameSync(`${fileOf(folder)}.new`, fileOf(folder));
}

function socketOf(folder: string): string {
  const name = `uketsuke-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // On Linux a name without a file: nothing is left behind by a kill.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** Null: the name is taken. */
const listen = (socket: string): Promise<Server | null> =>
  new Promise((done, failed) => {
    const server = createServer((peer) => peer.end());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(null) : failed(error),
    );
    server.listen(socket, () => done(server));
  });

/** A socket file that nobody answers behind was left by a kill. */
async function afterStale(socket: string): Promise<Server | null> {
  if (!socket.endsWith('.sock')) return null;
  const isAnswered = await new Promise<boolean>((done) => {
    const peer = connect(socket, () => done(true)).once('error', () => done(false));
    peer.unref();
  });
  if (isAnswered) return null;
  rmSync(socket, { force: true });
  return listen(socket);
}
