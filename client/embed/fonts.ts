import cyrillic from '@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?inline'
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'
import ranges from '@fontsource-variable/inter/unicode.json'

/** As embed.css names it: a name that no host's own font has. */
const FAMILY = 'Oko Inter'

let isAdded = false

/**
 * Gives the page our font, once. Browsers ignore `@font-face` within a shadow root, so it has to be the document's; and it
 * comes as bytes, because a host's `font-src` may forbid `data:`.
 */
export function addFonts() {
  if (isAdded) return
  isAdded = true
  for (const [dataUrl, unicodeRange] of [
    [latin, ranges.latin],
    [cyrillic, ranges.cyrillic],
  ] as const) {
    document.fonts.add(new FontFace(FAMILY, bytesOf(dataUrl), { weight: '100 900', unicodeRange }))
  }
}

const bytesOf = (dataUrl: string) =>
  Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (c) => c.charCodeAt(0))
