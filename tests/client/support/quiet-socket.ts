import WebSocket from 'ws'

/** A WebSocket that, as a browser's, may be closed while it connects: `ws` makes that an unhandled error. */
export class QuietSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    this.on('error', () => {})
  }
}
