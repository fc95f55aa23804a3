import type { EventBase } from './event-base.ts';

/** Why processing a message failed the last time. */
export interface MessageFailed extends EventBase<'message.failed'> {
  message_id: string;
  stage: string;
  /** name of the error and its place in the code; never its message, which may quote a document */
  code: string;
  tries: number;
}

export type RegistryImported = EventBase<'registry.imported'>;
