import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderError } from './data-folder.ts';
import { readHostAddress, removeHostAddress, requireAddressFile } from './host-address.ts';

export interface FolderClaim {
  /** an earlier host on this folder was killed, or the machine went down */
  wasKilled: boolean;
  release: () => void;
}

/**
 * Claims the folder for this process: two hosts on one folder would overwrite each other's data.
 * The claim is a socket, not a file with a process number: it ends with its process, and numbers are used again.
 * Throws DataFolderError when another host holds it.
 */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  mkdirSync(folder, { recursive: true });
  requireAddressFile(folder);
  const socket = socketOf(folder);
  const server = (await listen(socket)) ?? (await listenOnStale(socket));
  const previous = readHostAddress(folder);
  if (!server)
    throw new DataFolderError(
      `この場所 (${folder}) では、もう受付が動いています${previous ? ` (プロセス ${previous.pid}、${previous.url})` : '（バックアップを取るか戻している途中のこともあります）'}。` +
        'そちらを使うか、止めてからもう一度始めてください。別の場所で始めるときは --data フォルダー を付けます。',
    );
  // The claim must not keep the process alive.
  server.unref();
  return {
    wasKilled: previous !== null,
    release: () => {
      removeHostAddress(folder);
      server.close();
    },
  };
}

function socketOf(folder: string): string {
  const name = `uketsuke-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // On Linux an abstract socket: a kill leaves no file.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** Null: the name is taken. */
const listen = (socket: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((peer) => peer.end());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(socket, () => resolve(server));
  });

/** Takes over a socket file that a killed process left behind. Null: its process is alive. */
async function listenOnStale(socket: string): Promise<Server | null> {
  if (!socket.endsWith('.sock')) return null;
  const isAnswered = await new Promise<boolean>((resolve) => {
    const peer = connect(socket, () => resolve(true)).once('error', () => resolve(false));
    peer.unref();
  });
  if (isAnswered) return null;
  rmSync(socket, { force: true });
  return listen(socket);
}
