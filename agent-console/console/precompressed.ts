import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** The budget for the first screen in bytes as sent; it leaves room for the data within 250 kB. */
const firstScreenBytesMax = 231 * 1024
const text = /\.(js|css|svg|html|json)$/

/** Writes a compressed copy next to each text file, and fails when the first screen exceeds its budget. */
export function precompressed(): Plugin {
  let folder = ''
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved: config => {
      folder = config.build.outDir
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name)
        // The page itself gets a new nonce in each response.
        if (!text.test(name) || name === 'index.html' || name.startsWith('.vite')) continue
        const bytes = readFileSync(file)
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, quality))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
      const sent = firstScreen(folder)
      const kilobytes = (sent / 1024).toFixed(0)
      if (sent > firstScreenBytesMax) throw new Error(`The first screen needs ${kilobytes} kB, more than its budget`)
      console.log(`first screen: ${kilobytes} kB of ${firstScreenBytesMax / 1024} kB`)
    },
  }
}

/** The page, the files that it names, and its font. */
function firstScreen(folder: string): number {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/console\/([^"]+)"/g)].map(hit => `${hit[1]}.br`)
  const fonts = readdirSync(join(folder, 'assets')).filter(name => name.startsWith('inter-first'))
  const files = [...named, ...fonts.map(name => join('assets', name))]
  return page.length + files.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0)
}
