import { defineConfig } from 'vitest/config';

/**
 * Tests that start processes, the one-machine host, OCR or the bundler, play out a whole city, or replace a module
 * (`vi.mock`), which needs modules of their own.
 */
const SYSTEM = [
  'test/{cli,faults,host,hostile,infra,samples,security}/**/*.test.ts',
  'test/functions/ocr/**/*.test.ts',
  'test/functions/{api,api/documents,replays,senders,fetch-upload,intake/arrival}.test.ts',
  'test/shared/cover-sheet/stack.test.ts',
  'test/shared/documents/{desk-fault,ocr/ocr-file*}.test.ts',
  'test/shared/documents/pdf/read-pdf-isolated.test.ts',
];

/** Tests of the page's own modules, which keep what the session and the tab hold. */
const WEB = 'test/web/**/*.test.ts';

/** Tests of the page in a real browser. */
const BROWSER = 'test/browser/**/*.test.ts';

export default defineConfig({
  test: {
    // Only against a hang: a busy machine is slow, and no test measures time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 200_000 } },
    // Two cores everywhere this runs: more workers only fight for them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Pure tests share their modules: loading them again for every file would cost more than running them.
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...SYSTEM, WEB, BROWSER],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'web', include: [WEB] },
      },
      {
        extends: true,
        test: { name: 'system', include: SYSTEM, globalSetup: 'test/system-setup.ts' },
      },
      {
        extends: true,
        // One desk and one Chromium for all files, which run one after the other.
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: 'test/browser/setup.ts',
          maxWorkers: 1,
        },
      },
    ],
  },
});
