/** Builds the dashboard into dist/dashboard, each file also compressed, as the service sends it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const COMPRESSED = /\.(js|css|html|svg)$/;

function precompress() {
  return {
    name: 'precompress',
    writeBundle({ dir }) {
      for (const path of readdirSync(dir, { recursive: true }).filter((name) => COMPRESSED.test(name))) {
        const bytes = readFileSync(join(dir, path));
        writeFileSync(join(dir, `${path}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(
          join(dir, `${path}.br`),
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
        );
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    // Images stay files: the page's policy is the same with and without them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The first with light-dark(), by which each colour is given for both themes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      // "use client" of a library says nothing to a page that has no server side; to compress takes its time.
      onLog: (level, log, handle) =>
        ['MODULE_LEVEL_DIRECTIVE', 'PLUGIN_TIMINGS'].includes(log.code) || handle(level, log),
      output: {
        // What the first screen needs is one file: what it shares with others would be a dozen small ones.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
  // `npx vite apps/dashboard` serves the sources against a service on its default port.
  server: { proxy: { '^/(?!app)': 'http://127.0.0.1:3000' } },
  plugins: [precompress()],
});
