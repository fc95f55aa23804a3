import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from '../host/template.ts';

/** Synthesizes the template once for every desk of the system tests: loading the CDK costs seconds each time. */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-templates-'));
  process.env.UKETSUKE_TEMPLATES = folder;
  await readTemplate(folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
