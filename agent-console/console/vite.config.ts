import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { precompressed } from './precompressed'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A default export is what Vite asks of its configuration; the source has none.
export default defineConfig({
  base: '/console/',
  plugins: [react(), precompressed()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    outDir: here('../target/classes/switchboard/web/console'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true }, '/content': 'http://127.0.0.1:8080' },
  },
  test: { testTimeout: 30_000, environment: 'happy-dom', include: ['test/**/*.test.{ts,tsx}'] },
})
