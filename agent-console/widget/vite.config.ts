import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const output = '../target/classes/switchboard/web'

// Two builds: the frame's application, and with `--mode sdk` the loader that host pages name.
// A default export is what Vite asks of its configuration; the source has none.
export default defineConfig(({ mode }) => ({
  base: '/widget/app/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build:
    mode === 'sdk'
      ? {
          outDir: here(output),
          emptyOutDir: false,
          target: 'es2020',
          lib: {
            entry: here('./src/sdk/sdk.ts'),
            formats: ['iife'],
            name: 'SwitchboardLoader',
            fileName: () => 'widget.js',
          },
        }
      : {
          outDir: here(`${output}/widget/app`),
          emptyOutDir: true,
          target: 'es2022',
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/chat': { target: 'http://127.0.0.1:8080', ws: true } },
  },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'] },
}))
