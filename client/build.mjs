// Builds what the server shows to browsers, where it isn't up to date: the dashboard into dist/client, with what hosts put into
// their own pages (embed), and GraphiQL into dist/graphiql; with a .gz and a .br beside every text file but the pages, which
// the server fills in. The documents that the dashboard sends by hash go to dist/trusted-documents.json, for the server. Prints one
// line for each; safe to run twice at once.

import { createHash } from 'node:crypto'
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const COMPRESSED = /\.(?:js|css|svg|json|map|txt|ttf)$/
const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)

const filesUnder = async (dir) =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

async function hashOf(files) {
  const hash = createHash('sha256')
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

/** Builds into dist/NAME what `inputs` make, unless it was built from just these. */
async function buildFrom(name, inputs, buildInto) {
  const outDir = join(root, 'dist', name)
  const stampFile = `${outDir}-stamp`
  const stamp = await hashOf(inputs)
  const isFresh =
    (await readFile(stampFile, 'utf8').catch(() => '')) === stamp &&
    (await readFile(join(outDir, 'index.html')).catch(() => null)) !== null
  if (isFresh) return console.log(`${name}: up to date`)
  const startedAt = Date.now()
  // A test run says otherwise, and would leave React's development build in dist, half as big again.
  process.env.NODE_ENV = 'production'
  const vite = await import('vite')
  // Built aside and moved into place, so that a server that runs already never finds half of it.
  const workDir = `${outDir}-${process.pid}`
  await buildInto(workDir, vite)
  await Promise.all((await filesUnder(workDir)).filter((file) => COMPRESSED.test(file)).map(compress))
  await rm(outDir, { recursive: true, force: true })
  await rename(workDir, outDir)
  await writeFile(stampFile, stamp)
  console.log(`${name}: built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

const bundle = (vite, configFile, outDir) =>
  vite.build({ configFile: join(root, configFile), logLevel: 'warn', build: { outDir, emptyOutDir: true } })

const everywhere = [join(root, 'client/build.mjs'), join(root, 'package-lock.json')]
const explorer = join(root, 'client/graphiql/')
const clientFiles = await filesUnder(join(root, 'client'))

const dashboard = buildFrom(
  'client',
  [...clientFiles.filter((file) => !file.startsWith(explorer)), join(root, 'vite.config.ts'), ...everywhere],
  async (outDir, vite) => {
    await bundle(vite, 'vite.config.ts', outDir)
    await bundle(vite, 'client/embed/vite.config.ts', join(outDir, 'embed'))
    // One module that imports nothing but the host's React: there is nothing to bundle.
    const wrapper = join(root, 'client/embed/react.ts')
    const { code } = await vite.transformWithOxc(await readFile(wrapper, 'utf8'), wrapper, { sourcemap: false })
    await writeFile(join(outDir, 'embed/react.js'), code)
    for (const name of ['oko-dashboard.d.ts', 'react.d.ts'])
      await copyFile(join(root, 'client/embed/types', name), join(outDir, 'embed', name))
    await copyFile(
      join(root, 'client/graphql/generated/persisted-documents.json'),
      join(root, 'dist/trusted-documents.json'),
    )
  },
)
const graphiql = buildFrom(
  'graphiql',
  // With what it takes from elsewhere. Apart from the dashboard, because its editor takes as long to build as all of that.
  [
    ...clientFiles.filter((file) => file.startsWith(explorer)),
    ...['client/i18n/locale.ts', 'client/session/storage.ts', 'client/ui/use-media.ts', 'client/ui/favicon.svg'].map(
      (file) => join(root, file),
    ),
    ...['docs/errors.md', 'docs/limits.md'].map((file) => join(root, file)),
    ...everywhere,
  ],
  (outDir, vite) => bundle(vite, 'client/graphiql/vite.config.ts', outDir),
)
// Much of either is done on one core: together they take little longer than one.
await Promise.all([dashboard, graphiql])
