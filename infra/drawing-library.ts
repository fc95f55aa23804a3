import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DeploymentError } from './deployment-error.ts';

const PACKAGES = resolve(import.meta.dirname, '../node_modules/@napi-rs');

/**
 * The native package of the drawing library for the OCR function. Always the same, so that two machines give one template:
 * x86-64 Linux, which CI and most laptops have; npm installs only the package of its own machine.
 */
const NATIVE_PART = 'canvas-linux-x64-gnu';

/** The folders to copy, below node_modules/@napi-rs. Throws DeploymentError with the install command where the native package is missing. */
export function drawingLibrary(packages: string = PACKAGES): string[] {
  if (existsSync(join(packages, NATIVE_PART))) return ['canvas', NATIVE_PART];
  const { version } = JSON.parse(readFileSync(join(packages, 'canvas/package.json'), 'utf8'));
  throw new DeploymentError(
    `画像を読む関数の部品がありません。入れてください: npm install --no-save --force @napi-rs/${NATIVE_PART}@${version}`,
  );
}
