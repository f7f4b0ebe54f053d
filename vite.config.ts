import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ownLanguages } from './client/own-languages.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

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
