import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGES = resolve(import.meta.dirname, '../node_modules/@napi-rs');

export type Cpu = 'arm64' | 'x64';

/** The native package of the drawing library for Lambda's Linux. npm installs only that of its own machine. */
const nativePart = (cpu: Cpu): string => `canvas-linux-${cpu}-gnu`;

/**
 * The CPU of the OCR function: the cheaper arm64 if its native package is installed, otherwise x64. Without the native
 * package the function would deploy and then fail on every page. Null: neither is installed (macOS, Windows).
 */
export const ocrCpu = (packages: string = PACKAGES): Cpu | null => installed(packages)[0] ?? null;

const installed = (packages: string): Cpu[] =>
  (['arm64', 'x64'] as const).filter((cpu) => existsSync(join(packages, nativePart(cpu))));

/** The folders to copy, below node_modules/@napi-rs. Throws with the install command when no package for Lambda is installed. */
export function drawingLibrary(packages: string = PACKAGES): string[] {
  const parts = installed(packages).map(nativePart);
  if (parts.length > 0) return ['canvas', ...parts];
  const { version } = JSON.parse(readFileSync(join(packages, 'canvas/package.json'), 'utf8'));
  throw new Error(
    `the drawing library for Lambda is not installed: npm install --no-save --force @napi-rs/${nativePart('arm64')}@${version}`,
  );
}
