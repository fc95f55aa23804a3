import type { ContainerTime } from './contents.ts';

/** What the mails and archives of one upload may cost. The messages to the office state the figure that was exceeded. */
export const CONTAINER_LIMITS = {
  /** seconds to open all of one upload: a thousand usual mails, or 100 MB of an archive that is packed hard, take less */
  seconds: 20,
  /** seconds to open them again, where their memory was needed in between: once for each packet at most */
  secondsAgain: 300,
  /** the process that opens them, and of it the JavaScript heap */
  megabytes: 1024,
  heapMegabytes: 512,
  /** files of one container */
  files: 5000,
};

/** The time for the containers of one upload: to open each, and to open it again. */
export interface ContainerTimes {
  first: ContainerTime;
  again: ContainerTime;
}

export const containerTimes = (): ContainerTimes => ({
  first: { left: CONTAINER_LIMITS.seconds },
  again: { left: CONTAINER_LIMITS.secondsAgain },
});
