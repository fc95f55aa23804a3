import type { KnipConfig } from 'knip';

/** `knip` fails on what nothing imports; `knip --production` on what only tests import, though a file may export for its test. */
const production = process.argv.includes('--production');

/** Imported by style sheets only. */
const STYLES = ['@digital-go-jp/design-tokens'];

export default {
  entry: [
    'functions/*/handler.ts!',
    'host/print-template.ts!',
    'infra/{app,bundle-assets}.ts!',
    'tools/{docs,licences}.ts!',
    'samples/generate.ts!',
    'web/main.tsx!',
    'web/vite-env.d.ts',
    'web/shared/{ui,text}/*.{ts,tsx}!',
    'bench/*.ts!',
    'test/browser/setup.ts',
    'test/harness/kill-at-write.ts',
    'test/security/lib/verbs-process.ts',
  ],
  project: ['**/*.{ts,tsx,js,cjs,css}!', '!test/**!'],
  ignoreExportsUsedInFile: production,
  // Named to the parser of dependency-cruiser, and found by path: language data and font.
  ignoreDependencies: production
    ? ['@tesseract.js-data/jpn', '@expo-google-fonts/biz-udgothic', ...STYLES]
    : ['@tesseract.js-data/jpn', '@swc/core', ...STYLES],
  ignoreBinaries: ['tesseract'],
} satisfies KnipConfig;
