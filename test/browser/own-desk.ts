import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Host, startHost } from '../../host/host.ts';
import { buildWeb } from '../../infra/build-web.ts';

/** A desk of one test file with the people of samples/, for what the desk of all files must not hold. */
export interface OwnDesk {
  desk: Host;
  /** name of the person → sign-in link */
  links: Record<string, string>;
  stop(): Promise<void>;
}

export async function startOwnDesk(): Promise<OwnDesk> {
  process.env.UKETSUKE_LOG = 'off';
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-own-desk-'));
  copyFileSync(resolve(import.meta.dirname, '../../samples/people.yaml'), join(folder, 'people.yaml'));
  const desk = await startHost({ folder, port: 0, web: await buildWeb() });
  return {
    desk,
    links: Object.fromEntries(desk.signInLinks().map(({ person, url }) => [person.name, url])),
    async stop() {
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
