import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds GraphiQL, with Oko's own guide and examples in it: a page apart from the dashboard, which stays as small as it is. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/graphiql/',
  plugins: [react()],
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    // The editor is one piece of 2.8 MB.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onLog(level, log, handle) {
        // For a compiler of React that has run already.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
    },
  },
})
