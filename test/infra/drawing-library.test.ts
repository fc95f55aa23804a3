import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { drawingLibrary, ocrCpu } from '../../infra/drawing-library.ts';

let packages: string;
beforeEach(() => {
  packages = mkdtempSync(join(tmpdir(), 'uketsuke-drawing-'));
  install('canvas');
  writeFileSync(join(packages, 'canvas/package.json'), '{"version":"9.8.7"}');
});
afterEach(() => rmSync(packages, { recursive: true, force: true }));
const install = (name: string): void => void mkdirSync(join(packages, name));

it('chooses arm64 where its native part is installed, also beside another', () => {
  install('canvas-linux-x64-gnu');
  install('canvas-linux-arm64-gnu');
  expect(ocrCpu(packages)).toBe('arm64');
  expect(drawingLibrary(packages)).toEqual(['canvas', 'canvas-linux-arm64-gnu', 'canvas-linux-x64-gnu']);
});

it('chooses x64 where only that is installed, so that no function lacks its native part', () => {
  install('canvas-linux-x64-gnu');
  install('canvas-linux-arm64-musl');
  expect(ocrCpu(packages)).toBe('x64');
  expect(drawingLibrary(packages)).toEqual(['canvas', 'canvas-linux-x64-gnu']);
});

it('refuses to bundle what no Lambda can load, and names the install command', () => {
  install('canvas-darwin-arm64');
  expect(ocrCpu(packages)).toBeNull();
  expect(() => drawingLibrary(packages)).toThrow(
    'npm install --no-save --force @napi-rs/canvas-linux-arm64-gnu@9.8.7',
  );
});
