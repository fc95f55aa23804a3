import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumProgram } from './chromium-program.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** What every browser test uses: one desk with the people of samples/, as `npm start` runs it, and one Chromium. */
export interface Stage {
  /** of the browser */
  endpoint: string;
  /** name of the person → sign-in link */
  links: Record<string, string>;
  /** the same of a desk with a year of the synthetic city, where `npm run pictures` asks for the pictures of docs/ja/ */
  demo: Record<string, string> | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    stage: Stage;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const takesPictures = process.env.npm_lifecycle_event === 'pictures';
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-browser-'));
  copyFileSync(join(ROOT, 'samples/people.yaml'), join(folder, 'people.yaml'));
  // One template for the desks of this folder and those of a test's own.
  process.env.UKETSUKE_TEMPLATES = folder;
  const browser = await playwright.launchServer({
    executablePath: await chromiumProgram(),
    // Only against a hang: a busy machine starts a browser slowly.
    timeout: 200_000,
    // In a single process, closing the pages of one test file would end the browser.
    args: chromium.args.filter((flag) => flag !== '--single-process'),
  });
  const desks = [
    startDesk('--data', folder, join(ROOT, 'samples/packets/mito-2024-05-lacking.zip')),
    ...(takesPictures ? [startDesk('--data', join(folder, 'demo'), '--demo')] : []),
  ];
  const [links, demo] = await Promise.all(desks.map(readLinks));
  project.provide('stage', {
    endpoint: browser.wsEndpoint(),
    links: links!,
    demo: demo ?? null,
  });
  return async () => {
    await browser.close();
    for (const desk of desks) {
      desk.kill('SIGTERM');
      if (desk.exitCode === null) await once(desk, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

const startDesk = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['cli/cli.ts', 'start', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The links as the terminal shows them: a line with the person, a line with the address. Read until the desk serves. */
async function readLinks(desk: ChildProcess): Promise<Record<string, string>> {
  let output = '';
  for await (const chunk of desk.stdout!) {
    output += chunk;
    if (!output.includes('Ctrl+C')) continue;
    const found = output.matchAll(/^ {2}\S+?　(.+)\n {4}(http:\S+)$/gm);
    // Read to the end: a full pipe would stop the desk.
    desk.stdout!.resume();
    return Object.fromEntries([...found].map(([, name, url]) => [name!, url!]));
  }
  throw new Error(`the desk ended before it served:\n${output}`);
}
