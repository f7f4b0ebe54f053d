import { request } from 'node:http'

/** A subscription over server-sent events, with the means to hurt it. */
export interface EventsWire {
  closed: Promise<string>
  cut(): void
  freeze(): void
  thaw(): void
}

/** Opens the stream and waits for its headers; `tell` gets each result. @throws when there is no answer in time */
export async function openEvents(
  url: string,
  token: string,
  operation: object,
  tell: (payload: any) => void,
): Promise<EventsWire> {
  const outgoing = request(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
  })
  const timer = setTimeout(() => outgoing.destroy(new Error('no headers in time')), 5000)
  let ended = false
  const closed = new Promise<string>((resolve) =>
    outgoing.once('close', () => {
      ended = true
      resolve('the response ended')
    }),
  )
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.once('response', (response) => {
      clearTimeout(timer)
      response.setEncoding('utf8')
      response.on('error', () => undefined)
      let text = ''
      response.on('data', (chunk: string) => {
        text += chunk
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const block = text.slice(0, end)
          text = text.slice(end + 2)
          const data = block.split('\n').find((line) => line.startsWith('data:'))
          if (!ended && block.includes('event: next') && data) tell(JSON.parse(data.slice(5)))
        }
      })
      if (!String(response.headers['content-type']).includes('text/event-stream')) {
        outgoing.destroy()
        return reject(new Error(`no stream: ${response.statusCode}`))
      }
      resolve({
        closed,
        cut: () => outgoing.destroy(),
        freeze: () => void response.pause(),
        thaw: () => void response.resume(),
      })
    })
    outgoing.end(JSON.stringify(operation))
  })
}
