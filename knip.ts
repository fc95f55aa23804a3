import type { KnipConfig } from 'knip';

/** `knip` fails on what nothing imports; `knip --production` on what only tests import, though a file may export for its test. */
const production = process.argv.includes('--production');

export default {
  entry: [
    'functions/*/handler.ts!',
    'infra/{app,bundle-assets}.ts!',
    'tools/{docs,licences}.ts!',
    'samples/generate.ts!',
    'web/app.js!',
    'bench/*.ts!',
    'test/harness/kill-at-write.ts',
    'test/security/lib/verbs-process.ts',
  ],
  project: ['**/*.{ts,js,cjs}!', '!test/**!'],
  ignoreExportsUsedInFile: production,
  // Named to the parser of dependency-cruiser, and found by path: language data and font.
  ignoreDependencies: production
    ? ['@tesseract.js-data/jpn', '@expo-google-fonts/biz-udgothic']
    : ['@tesseract.js-data/jpn', '@swc/core'],
  ignoreBinaries: ['tesseract'],
} satisfies KnipConfig;
