import { limitMemory } from '../../isolated/limit-memory.ts';
import { serveJobs } from '../../isolated/serve-jobs.ts';
import type { ContainerKind } from './container-kind.ts';
import {
  type ContainedFile,
  ContainerError,
  type ContainerLimits,
  type ContainerTrouble,
} from './contents.ts';

/** The process in which containers are opened: one in, its files out. Started and ended by container-zip.ts. */
export interface ContainerJob {
  kind: ContainerKind;
  bytes: Uint8Array;
  limits: ContainerLimits;
}

export type ContainerAnswer = ({ files: ContainedFile[] } | { trouble: ContainerTrouble }) & {
  /** of CPU */
  seconds: number;
};

limitMemory();
serveJobs(async ({ kind, bytes, limits }: ContainerJob): Promise<ContainerAnswer> => {
  const before = process.cpuUsage();
  const seconds = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  try {
    const files = await OPENERS[kind](bytes, limits);
    const total = files.reduce((sum, { bytes: { length } }) => sum + length, 0);
    const isTooLarge = total > limits.bytes || files.length > limits.files;
    return { ...(isTooLarge ? { trouble: 'too_large' } : { files }), seconds: seconds() };
  } catch (error) {
    if (error instanceof ContainerError) return { trouble: error.trouble, seconds: seconds() };
    throw error;
  }
});

const OPENERS: Record<
  ContainerKind,
  (bytes: Uint8Array, limits: ContainerLimits) => Promise<ContainedFile[]> | ContainedFile[]
> = {
  mail: async (bytes) => (await import('./open-mail.ts')).openMail(bytes),
  outlook: async (bytes) => (await import('./open-outlook-mail.ts')).openOutlookMail(bytes),
  archive: async (bytes, limits) => (await import('./open-archive.ts')).openArchive(bytes, limits),
};
