// Fails the build when what a visitor must load has grown past its budget.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const folder = new URL('../target/classes/switchboard/web/', import.meta.url)
const gzipped = (url) => gzipSync(readFileSync(url), { level: 9 }).length
const assets = new URL('widget/app/assets/', folder)
const sizes = {
  'widget.js': [gzipped(new URL('widget.js', folder)), 3 * 1024],
  app: [readdirSync(assets).reduce((sum, name) => sum + gzipped(new URL(name, assets)), 0), 20 * 1024],
}
for (const [name, [bytes, max]] of Object.entries(sizes)) {
  console.log(`${name}: ${(bytes / 1024).toFixed(2)} KB of ${max / 1024} KB gzipped`)
  if (bytes > max) process.exitCode = 1
}
