import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGES = resolve(import.meta.dirname, '../node_modules/@napi-rs');

export type Cpu = 'arm64' | 'x64';

/** The native part of the drawing library for Lambda's Linux. npm installs only the one of its own machine. */
const nativePart = (cpu: Cpu): string => `canvas-linux-${cpu}-gnu`;

/**
 * What the function that reads scans must run on: the cheaper arm64 where its native part is installed, x64 where only
 * that is. A function whose native part is missing would deploy well and then fail on every page.
 * null: neither is installed (synthesized on macOS or Windows).
 */
export const ocrCpu = (packages: string = PACKAGES): Cpu | null => installed(packages)[0] ?? null;

const installed = (packages: string): Cpu[] =>
  (['arm64', 'x64'] as const).filter((cpu) => existsSync(join(packages, nativePart(cpu))));

/** The folders to carry, below node_modules/@napi-rs. Throws, with the command that helps, when there is none for Lambda. */
export function drawingLibrary(packages: string = PACKAGES): string[] {
  const parts = installed(packages).map(nativePart);
  if (parts.length > 0) return ['canvas', ...parts];
  const { version } = JSON.parse(readFileSync(join(packages, 'canvas/package.json'), 'utf8'));
  throw new Error(
    `the drawing library for Lambda is not installed: npm install --no-save --force @napi-rs/${nativePart('arm64')}@${version}`,
  );
}
