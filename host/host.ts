import { join, resolve } from 'node:path';
import { watchClients } from '../functions/aws.ts';
import { redrive } from '../functions/operate/redrive.ts';
import type { StageQueue } from '../functions/operate/stage-queue.ts';
import { operate } from '../operations/operate.ts';
import type { Person } from '../shared/access/people.ts';
import { lastBackupNote } from './backup.ts';
import { claimFolder } from './claim-folder.ts';
import { type LocalCloud, startCloud } from './cloud.ts';
import { explainDiskError } from './damage/explain-disk-error.ts';
import { prepareFolder } from './data-folder.ts';
import { DiskSpace, requireScratch } from './disk-space.ts';
import { tagGuardOf } from './emulators/object-versions.ts';
import { setEnvironment } from './environment.ts';
import { pollQueue } from './event-source.ts';
import { writeHostAddress } from './host-address.ts';
import { announcedIn, makeMalwareScanner, makeNotifier } from './inbox.ts';
import { releaseInterrupted } from './release-interrupted.ts';
import { Rights } from './rights/rights.ts';
import { startSchedules } from './schedules.ts';
import { LocalIssuer } from './sign-in/local-issuer.ts';
import { readPeople } from './sign-in/people-file.ts';
import { eventSources, stageQueues } from './stage-queues.ts';
import { startApi } from './start-api.ts';
import { readTemplate } from './template.ts';
import { listUnfinished, messagesIn, type UnfinishedWork } from './unfinished-work.ts';
import { countPending, type PendingWork, waitUntilIdle } from './wait-until-idle.ts';

export interface HostOptions {
  /** all data of the desk on this machine */
  folder: string;
  /** null: DEFAULT_PORT, or a free port when it is taken */
  port: number | null;
  /** a command that scans a file (host/emulators/malware-scanner.ts); without one nothing is scanned */
  malwareScanner?: string | null;
  /** folder of the built page; without one the desk answers requests only */
  web?: string | null;
  /** start without records that cannot be read */
  acceptLoss?: boolean;
}

/** Where a person signs in, as long as the desk runs. */
export interface SignInLink {
  person: Person;
  url: string;
}

export interface Host {
  url: string;
  /** of the command line, which has the rights of the operator */
  operatorToken: string;
  signInLinks(): SignInLink[];
  cloud: LocalCloud;
  queues: StageQueue[];
  /** what the roles of the template let the functions do */
  rights: Rights;
  /** the previous run was killed */
  wasKilled: boolean;
  /** what was damaged in the folder and repaired or lost, as sentences for the operator */
  repaired: string[];
  /** messages of the previous run that are processed again */
  resumed: number;
  countPending(): Promise<PendingWork>;
  waitUntilIdle(): Promise<void>;
  /** work that failed again and again and is set aside */
  listUnfinished(): Promise<UnfinishedWork[]>;
  stop(): Promise<void>;
}

/**
 * Runs the desk on one machine: synthesizes the template, creates what it declares, and runs the deployed handlers with
 * the settings of the template. Throws DataFolderError when the folder is in use, of another format, damaged or full.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const folder = resolve(options.folder);
  // Stopped in reverse order, also when the start fails halfway.
  const stopSteps: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of stopSteps.splice(0).reverse()) await step();
  };
  try {
    requireScratch();
    prepareFolder(folder);
    const claim = await claimFolder(folder);
    stopSteps.push(claim.release);
    const template = await readTemplate(folder);
    const cloud = await startCloud(template, folder, options.acceptLoss);
    stopSteps.push(cloud.stop);
    setEnvironment(template, cloud);
    process.env.UKETSUKE_SCANS_NOTHING = options.malwareScanner ? '' : 'true';
    process.env.UKETSUKE_MAIL_FOLDER = join(folder, 'mail');
    process.env.UKETSUKE_LAST_BACKUP = lastBackupNote(folder);
    process.env.UKETSUKE_WEB = options.web ?? join(folder, 'no-page');
    const rights = new Rights(template, cloud.resolve);
    watchClients((client) => {
      rights.watch(client);
      cloud.connect(client, (command, input, send) => rights.ask(command, input, send));
    });

    // A kill counts as a failed try: messages are resumed, dead letters too.
    const queues = stageQueues(template, cloud);
    let resumed = await releaseInterrupted(cloud.sqs, cloud.fauxqs, queues);
    for (const queue of queues) {
      const queued = messagesIn(cloud.fauxqs, queue.name).map(({ body }) => body);
      resumed += await redrive(cloud.sqs, queue, { queued });
    }

    // From here on the object store refuses to read what the malware scan has not passed.
    cloud.versions.guard = tagGuardOf(template);
    const scanner = makeMalwareScanner(template, cloud, options.malwareScanner ?? null);
    stopSteps.push(() => scanner?.stop());
    const notifier = makeNotifier(template, cloud, scanner, announcedIn(cloud, queues));
    const diskSpace = new DiskSpace(folder);
    const issuer = new LocalIssuer(() => readPeople(folder));
    const operatorToken = await issuer.operatorToken();
    const api = await startApi(
      {
        template,
        cloud,
        rights,
        notifier,
        diskSpace,
        issuer,
        operate: (operation) => operate(operation, queues, cloud.remains),
      },
      options.port,
    );
    const stopping = new AbortController();
    const workers = eventSources({ template, cloud, rights, diskSpace }).map((source) =>
      pollQueue(cloud.sqs, source, stopping.signal),
    );
    stopSteps.push(async () => {
      stopping.abort();
      await Promise.all(workers);
    });
    stopSteps.push(api.stop);
    await notifier.poll();
    workers.push(notifier.keepPolling(stopping.signal));
    stopSteps.push(startSchedules(template, cloud));
    writeHostAddress(folder, api.url, operatorToken);

    const pending = () => countPending(cloud, queues, scanner);
    return {
      url: api.url,
      operatorToken,
      signInLinks: () =>
        readPeople(folder).map((person) => ({ person, url: signInLink(api.url, issuer.ticketOf(person)) })),
      cloud,
      queues,
      rights,
      wasKilled: claim.wasKilled,
      repaired: cloud.repaired,
      resumed,
      countPending: pending,
      waitUntilIdle: () => waitUntilIdle(notifier, cloud, queues, pending),
      listUnfinished: () => listUnfinished(cloud.fauxqs, queues),
      stop,
    };
  } catch (error) {
    await stop();
    throw explainDiskError(error, folder) ?? error;
  }
}

/** The page, which signs in with the ticket. */
const signInLink = (url: string, ticket: string): string => `${url}/?login_hint=${ticket}`;
