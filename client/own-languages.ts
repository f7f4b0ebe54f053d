import type { Plugin } from 'vite'

/** React Aria brings its own words in some thirty languages; ours are two. The others' modules come out empty. */
export const ownLanguages: Plugin = {
  name: 'own-languages',
  enforce: 'pre',
  load: (id) =>
    /\/react-(?:aria|stately|aria-components)\/.*\/(?!en-US|ru-RU)[a-z]{2}-[A-Z]{2}\.m?js$/.test(id)
      ? 'export default {}'
      : undefined,
}
