/** A file out of a container. */
export interface ContainedFile {
  /** its path inside, parts joined by `/` */
  name: string;
  bytes: Uint8Array;
}

/** What a container may unpack to. */
export interface ContainerLimits {
  files: number;
  /** bytes of all its files together */
  bytes: number;
}

/** Why a container was not opened. */
export type ContainerTrouble = 'encrypted' | 'damaged' | 'too_large';

/** Seconds that are left for containers. Each is given the time that others of its upload left. */
export interface ContainerTime {
  left: number;
}

/** Thrown by the readers of containers, in their own process only. */
export class ContainerError extends Error {
  readonly trouble: ContainerTrouble;

  constructor(trouble: ContainerTrouble, cause?: unknown) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

/** The text of a mail, as a file beside its attachments. */
export const MAIL_TEXT = 'メールの本文.txt';
