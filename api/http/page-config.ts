/** The element of the client's pages that the server fills in. */
const element = '<script id="oko-config" type="application/json">{}</script>'

/** A page of the client with what the server tells it. */
export function fillConfig(html: string, config: object): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  // By a function, since "$" means something in a replacement string.
  return html.replace(element, () => element.replace('{}', () => json))
}
