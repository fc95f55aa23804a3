import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { drawingLibrary } from '../../infra/drawing-library.ts';

let packages: string;
beforeEach(() => {
  packages = mkdtempSync(join(tmpdir(), 'uketsuke-drawing-'));
  install('canvas');
  writeFileSync(join(packages, 'canvas/package.json'), '{"version":"9.8.7"}');
});
afterEach(() => rmSync(packages, { recursive: true, force: true }));
const install = (name: string): void => void mkdirSync(join(packages, name));

it('copies the native part for Lambda, whatever other part is installed', () => {
  install('canvas-linux-x64-gnu');
  install('canvas-linux-arm64-gnu');
  expect(drawingLibrary(packages)).toEqual(['canvas', 'canvas-linux-x64-gnu']);
});

it('refuses to bundle what no Lambda can load, and names the install command', () => {
  install('canvas-darwin-arm64');
  expect(() => drawingLibrary(packages)).toThrow(
    'npm install --no-save --force @napi-rs/canvas-linux-x64-gnu@9.8.7',
  );
});
