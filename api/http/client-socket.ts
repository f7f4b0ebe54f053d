import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { GraphQLError } from 'graphql'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, type Message, MessageType, parseMessage } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Viewer } from '../auth/viewer.ts'
import type { Locale } from '../i18n.ts'
import { closeCodes } from './close-codes.ts'
import { drained } from './drained.ts'
import { connectionInitTimeoutMs, maxUnreadBytes, maxWaitingPerConnection } from './limits.ts'
import { binary, textFrame } from './text-frame.ts'

export type SubscribePayload = Extract<Message, { type: MessageType.Subscribe }>['payload']

/** An operation that a client began and that has not ended. */
export interface Operation {
  readonly id: string
  /** The next one of the same socket. */
  next: Operation | null
  /** Does it, or begins to tell of events. What it throws closes the socket. */
  run(): Promise<void>
  /** Nothing more is to be sent of it. */
  end(): void
}

/** What all sockets of a server share. */
export interface SocketHost {
  /** Who it is; false: nobody. Whatever is thrown closes the socket. */
  admit(socket: ClientSocket, authorization: unknown): Promise<boolean>
  /** An operation that is still to be run. */
  operation(socket: ClientSocket, id: string, payload: SubscribePayload): Operation
  /** Resolves when a message of the socket may be looked at. */
  takeTurn(socket: ClientSocket): Promise<void>
  /** A message of the socket could not be dealt with: closes it. */
  broke(socket: ClientSocket, error: unknown): void
  /** Has the socket's `flush` called once all that happens at once has happened. */
  flushSoon(socket: ClientSocket): void
  givenUp(): void
  closed(socket: ClientSocket): void
  failed(error: Error): void
}

/** A dead connection is found within two of these. */
const pingIntervalMs = 6000
/** How long what was sent last may take to get through once a connection is given up. */
const farewellMs = 2000
/** A consumer that takes nothing for so long is let go; it comes back and resumes. */
const stalledMs = 15_000
/** How long a connection_init that has come may wait for us. */
const maxInitWaitMs = 10_000
/** So much of what is to be sent is put together before it goes to the connection. */
const maxPendingBytes = 16 * 1024

/**
 * A client's WebSocket, with the protocol that is spoken over it (graphql-transport-ws). Most of them only listen, for hours: so it
 * is one object without timers, closures or buffers of its own, and everything regular is done by whoever calls `look`.
 */
export class ClientSocket extends WebSocket {
  viewer: Viewer | null = null
  locale: Locale = 'ru'
  /** As limits know it without a token. */
  client = ''
  /** Says that the user has one connection less. */
  disconnected: (() => void) | undefined
  #host!: SocketHost
  #connection!: Socket
  /** connection_init: not here yet, being looked at, accepted. */
  #phase: 'new' | 'begun' | 'accepted' = 'new'
  #operations: Operation | null = null
  /** Messages that have come and wait for their turn. */
  #waiting = 0
  /** Frames that were not handed to the connection yet, as a binary text. */
  #pending = ''
  /** In whole milliseconds, as all times here: others take more room. */
  #openedAtMs = 0
  #lookAtMs = 0
  /** What the system had taken when that last changed, and when that was. */
  #takenBytes = 0
  #tookAtMs = 0
  /** Whether the last ping has been answered. */
  #answered = true
  #cutAtMs = 0

  /** Begins to listen, once the upgrade is done. */
  open(host: SocketHost, { socket }: IncomingMessage, nowMs: number): void {
    this.#host = host
    this.#connection = socket
    this.#openedAtMs = nowMs
    this.#tookAtMs = nowMs
    this.#lookAtMs = nowMs + pingIntervalMs
    this.on('message', onMessage)
    this.on('pong', onPong)
    this.on('close', onClose)
    // A frame that is too large, or breaks the protocol: ws closes the socket with the right code.
    this.on('error', onError)
    if (this.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL)
      this.end(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
  }

  get isOpen(): boolean {
    return this.readyState === this.OPEN
  }

  /** Whether something that was sent has not been taken. */
  get isBehind(): boolean {
    return this.#connection.writableLength > 0 || this.#pending.length >= maxUnreadBytes
  }

  /** How many operations have not ended. */
  get operationCount(): number {
    let count = 0
    for (let one = this.#operations; one; one = one.next) count++
    return count
  }

  /** Sends the answer to an operation, or a part of it: `payload` is JSON, binary (text-frame.ts). */
  sendNext(id: string, payload: string): void {
    this.#push(`{"id":${binary(JSON.stringify(id))},"type":"next","payload":${payload}}`)
  }

  sendError(id: string, errors: readonly GraphQLError[]): void {
    this.#say({ id, type: MessageType.Error, payload: errors.map((error) => error.toJSON()) })
  }

  sendComplete(id: string): void {
    this.#say({ id, type: MessageType.Complete })
  }

  /** Resolves when the client has taken what was sent, or is gone; undefined: no need to wait. */
  taken(): Promise<void> | undefined {
    const connection = this.#connection
    if (!connection.writableNeedDrain || connection.destroyed) return undefined
    return drained(connection)
  }

  /** Hands what is to be sent to the connection. */
  flush(): void {
    const text = this.#pending
    this.#pending = ''
    if (text !== '' && this.isOpen) this.#connection.write(text, 'latin1')
  }

  /** Closes behind all that was to be sent. */
  end(code: number, reason: string): void {
    this.flush()
    // A reason that fits into a close frame (RFC 6455, 5.5): some have an id of the client's in them.
    this.close(code, Buffer.from(reason).subarray(0, 120).toString())
  }

  /** Whether an operation is still to be answered. */
  has(operation: Operation): boolean {
    for (let one = this.#operations; one; one = one.next) if (one === operation) return true
    return false
  }

  /** Forgets an operation that has ended; false where it was forgotten before. */
  forget(operation: Operation): boolean {
    if (this.#operations === operation) {
      this.#operations = operation.next
      return true
    }
    for (let one = this.#operations; one; one = one.next) {
      if (one.next !== operation) continue
      one.next = operation.next
      return true
    }
    return false
  }

  /** Everything that has its time: to be called several times a second. */
  look(nowMs: number, clockMs: number): void {
    if (this.#cutAtMs > 0 && nowMs >= this.#cutAtMs) this.terminate()
    if (!this.isOpen) return
    if (this.isPaused) this.#pace()
    if (this.viewer && this.viewer.expiresAtMs <= clockMs) this.end(CloseCode.Forbidden, 'The token has expired')
    else if (this.#phase === 'new' && nowMs >= this.#openedAtMs + connectionInitTimeoutMs) this.#missInit(nowMs)
    else if (nowMs >= this.#lookAtMs) this.#lookAtConsumer(nowMs)
  }

  /**
   * Closes a socket whose connection_init hasn't come in time. What has come and waits for us is in time: where many come back at
   * once, sending them away for it would only make them come again.
   */
  #missInit(nowMs: number): void {
    const mayWait = nowMs < this.#openedAtMs + connectionInitTimeoutMs + maxInitWaitMs
    if (mayWait && this.#waiting > 0) return
    const close = () => {
      if (this.#phase === 'new' && !(mayWait && this.#waiting > 0) && this.isOpen)
        this.end(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout')
    }
    // After what lies in the system's buffers has been read.
    setImmediate(() => setImmediate(close))
  }

  /** Finds dead connections by ping, and lets go of consumers that take nothing. */
  #lookAtConsumer(nowMs: number): void {
    this.#lookAtMs = nowMs + pingIntervalMs
    const takenBytes = this.#connection.bytesWritten - this.#connection.writableLength
    if (takenBytes !== this.#takenBytes) this.#tookAtMs = nowMs
    this.#takenBytes = takenBytes
    if (this.bufferedAmount > 0) {
      // A slow consumer takes something now and then; behind what a stalled one has not taken stands the reason, and ws
      // cuts the connection where even that doesn't get through.
      if (nowMs - this.#tookAtMs >= stalledMs) this.#giveUp('Too slow')
    } else if (this.#answered) {
      this.#answered = false
      this.#tookAtMs = nowMs
      this.ping()
    } else {
      // A client that only stopped reading finds the reason behind what it has not read yet.
      this.#giveUp('No answer')
      this.#cutAtMs = nowMs + farewellMs
    }
  }

  #giveUp(reason: string): void {
    this.#host.givenUp()
    this.end(closeCodes.tryAgainLater, reason)
  }

  /** The network isn't read while too much waits, or while the client doesn't take what it was answered. */
  #pace(): void {
    const isFull = this.#waiting >= maxWaitingPerConnection || this.bufferedAmount >= maxUnreadBytes
    if (isFull && this.isOpen) this.pause()
    else if (this.isPaused) this.resume()
  }

  #say(message: Message): void {
    this.#push(binary(JSON.stringify(message)))
  }

  #push(text: string): void {
    if (!this.isOpen) return
    if (this.#pending === '') this.#host.flushSoon(this)
    this.#pending += textFrame(text)
    if (this.#pending.length >= maxPendingBytes) this.flush()
  }

  /** Gives each message a turn, in order. */
  async received(data: unknown): Promise<void> {
    // The answer to a ping may stand behind many messages, which wait for us.
    this.#answered = true
    this.#waiting++
    this.#pace()
    await this.#host.takeTurn(this)
    this.#waiting--
    this.#pace()
    if (!this.isOpen) return
    try {
      await this.#handle(String(data))
    } catch (error) {
      this.#host.broke(this, error)
    }
  }

  ponged(): void {
    this.#answered = true
  }

  gone(): void {
    this.#pending = ''
    for (let one = this.#operations; one; one = one.next) one.end()
    this.#operations = null
    this.disconnected?.()
    this.disconnected = undefined
    this.#host.closed(this)
  }

  broke(error: Error): void {
    this.#host.failed(error)
  }

  async #handle(text: string): Promise<void> {
    let message: Message
    try {
      message = parseMessage(text)
    } catch {
      return this.end(CloseCode.BadRequest, 'Invalid message received')
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#init(message.payload)
      case MessageType.Ping:
        return this.#say({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) })
      case MessageType.Subscribe:
        return this.#subscribe(message.id, message.payload)
      case MessageType.Complete: {
        const operation = this.#find(message.id)
        if (operation && this.forget(operation)) operation.end()
        return
      }
      case MessageType.Pong:
        return
      default:
        // What only a server may say.
        return this.end(CloseCode.BadRequest, 'Invalid message')
    }
  }

  async #init(payload: unknown): Promise<void> {
    if (this.#phase !== 'new')
      return this.end(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#phase = 'begun'
    const { Authorization, authorization } = (payload ?? {}) as Record<string, unknown>
    if (!(await this.#host.admit(this, Authorization ?? authorization)))
      return this.end(CloseCode.Forbidden, 'Forbidden')
    this.#phase = 'accepted'
    this.#say({ type: MessageType.ConnectionAck })
  }

  async #subscribe(id: string, payload: SubscribePayload): Promise<void> {
    if (this.#phase !== 'accepted') return this.end(CloseCode.Unauthorized, 'Unauthorized')
    if (this.#find(id)) return this.end(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const operation = this.#host.operation(this, id, payload)
    operation.next = this.#operations
    this.#operations = operation
    await operation.run()
  }

  #find(id: string): Operation | null {
    let one = this.#operations
    while (one && one.id !== id) one = one.next
    return one
  }
}

// One function each for all sockets, told by `this`.
function onMessage(this: WebSocket, data: unknown): void {
  void (this as ClientSocket).received(data)
}
function onPong(this: WebSocket): void {
  ;(this as ClientSocket).ponged()
}
function onClose(this: WebSocket): void {
  ;(this as ClientSocket).gone()
}
function onError(this: WebSocket, error: Error): void {
  ;(this as ClientSocket).broke(error)
}
