import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { ownLanguages } from '../own-languages.ts'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Puts the CSS into the program, as the text that styles.ts hands to each shadow root; no file of its own is left. */
const cssInside: Plugin = {
  name: 'css-inside',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = Object.values(bundle)
      const css = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [file] : []))
      const text = css.map(({ source }) => String(source)).join('')
      for (const file of files) {
        // By a function, since "$" means something in a replacement string.
        if (file.type === 'chunk') file.code = file.code.replace(/\bOKO_CSS\b/, () => JSON.stringify(text))
      }
      for (const { fileName } of css) delete bundle[fileName]
    },
  },
}

/** Builds the embedded dashboard: all of it in one file, fonts and CSS inside. */
export default defineConfig({
  root: fromHere('.'),
  plugins: [ownLanguages, react(), cssInside],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    cssCodeSplit: false,
    copyPublicDir: false,
    lib: { entry: fromHere('main.ts'), formats: ['es'], fileName: () => 'oko-dashboard.js' },
    rolldownOptions: { output: { codeSplitting: false, minify: true } },
  },
})
