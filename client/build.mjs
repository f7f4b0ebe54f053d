// Builds the dashboard into dist/client where it isn't up to date, and into dist/client/embed what hosts put into their own
// pages; with a .gz and a .br beside every text file but index.html, which the server fills in. The documents that it sends by
// hash go to dist/trusted-documents.json, for the server.
// Prints one line; safe to run twice at once.

import { createHash } from 'node:crypto'
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = join(root, 'dist/client')
const stampFile = join(root, 'dist/client-stamp')
const documentsFile = join(root, 'dist/trusted-documents.json')
const COMPRESSED = /\.(?:js|css|svg|json|map|txt)$/
const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)

const filesUnder = async (dir) =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

async function hashInputs() {
  const hash = createHash('sha256')
  const files = [
    ...(await filesUnder(join(root, 'client'))),
    join(root, 'vite.config.ts'),
    join(root, 'package-lock.json'),
  ]
  for (const file of files)
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

async function compress(file) {
  const content = await readFile(file)
  const brotli = compressBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  await Promise.all([
    writeFile(`${file}.gz`, await compressGzip(content, { level: 9 })),
    writeFile(`${file}.br`, await brotli),
  ])
}

const stamp = await hashInputs()
const isFresh =
  (await readFile(stampFile, 'utf8').catch(() => '')) === stamp &&
  (await readFile(join(outDir, 'index.html')).catch(() => null)) !== null &&
  (await readFile(documentsFile).catch(() => null)) !== null
if (isFresh) {
  console.log('client: up to date')
} else {
  const startedAt = Date.now()
  // A test run says otherwise, and would leave React's development build in dist, half as big again.
  process.env.NODE_ENV = 'production'
  const { build, transformWithOxc } = await import('vite')
  // Built aside and moved into place, so that a server that runs already never finds half of it.
  const workDir = `${outDir}-${process.pid}`
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: workDir, emptyOutDir: true },
  })
  await build({
    configFile: join(root, 'client/embed/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(workDir, 'embed'), emptyOutDir: true },
  })
  // One module that imports nothing but the host's React: there is nothing to bundle.
  const wrapper = join(root, 'client/embed/react.ts')
  const { code } = await transformWithOxc(await readFile(wrapper, 'utf8'), wrapper, { sourcemap: false })
  await writeFile(join(workDir, 'embed/react.js'), code)
  for (const name of ['oko-dashboard.d.ts', 'react.d.ts'])
    await copyFile(join(root, 'client/embed/types', name), join(workDir, 'embed', name))
  const files = await filesUnder(workDir)
  await Promise.all(files.filter((file) => COMPRESSED.test(file)).map(compress))
  await copyFile(join(root, 'client/graphql/generated/persisted-documents.json'), documentsFile)
  await rm(outDir, { recursive: true, force: true })
  await rename(workDir, outDir)
  await writeFile(stampFile, stamp)
  console.log(`client: built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}
