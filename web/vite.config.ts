import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';

/** Every browser that can show the page reads woff2: the older format of the font is left out. */
const onlyWoff2 = (): Plugin => ({
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.css') ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, '') : null,
});

/** How the page is built, by infra/build-web.ts. */
export const config = (outDir: string): InlineConfig => ({
  configFile: false,
  root: import.meta.dirname,
  base: '/web/',
  logLevel: 'warn',
  plugins: [onlyWoff2(), react()],
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir: '',
    // A data address would have to be allowed for fonts.
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
  },
});
