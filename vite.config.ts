import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** React Aria brings its own words in some thirty languages; ours are two. The others' modules come out empty. */
const ownLanguages: Plugin = {
  name: 'own-languages',
  enforce: 'pre',
  load: (id) =>
    /\/react-(?:aria|stately|aria-components)\/.*\/(?!en-US|ru-RU)[a-z]{2}-[A-Z]{2}\.m?js$/.test(id)
      ? 'export default {}'
      : undefined,
}

/** Builds the dashboard from client/ into dist/client; `vite` serves it for development beside an API on port 4000. */
export default defineConfig({
  root: fromRoot('./client'),
  plugins: [ownLanguages, react()],
  build: {
    outDir: fromRoot('./dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
})
