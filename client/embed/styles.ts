/** All of the dashboard's CSS; the build puts it here (vite.config.ts beside this file). */
declare const OKO_CSS: string

const sheets = new WeakMap<Document, CSSStyleSheet>()

/** One sheet for all dashboards of a document. */
export function sheetFor(doc: Document): CSSStyleSheet {
  let sheet = sheets.get(doc)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(OKO_CSS)
    sheets.set(doc, sheet)
  }
  return sheet
}
