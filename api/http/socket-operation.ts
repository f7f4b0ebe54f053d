import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import type { Viewer } from '../auth/viewer.ts'
import type { Context, Services } from '../context.ts'
import { badUserInput, OkoError, unavailable } from '../errors.ts'
import type { StreamEvent } from '../events/event.ts'
import { type Consumer, EventStream } from '../events/stream.ts'
import { newRequestId } from '../request-id.ts'
import { resolvable } from '../resolvable.ts'
import { AnswerRoom } from './answer-size.ts'
import type { ToClientError } from './client-errors.ts'
import type { ClientSocket, Operation, SubscribePayload } from './client-socket.ts'
import type { CostInFlight } from './cost-in-flight.ts'
import { isLong, limitsOf, type ShownCost } from './document-limits.ts'
import { createEventAnswers, type EventAnswers } from './event-answers.ts'
import { workOut } from './event-work.ts'
import type { GraphQLServer } from './graphql.ts'
import { toJsonPieces } from './json-pieces.ts'
import { longDocumentCharacters, maxSubscriptionsPerSocket } from './limits.ts'
import type { OperationLimiter } from './operation-limiter.ts'
import { binary } from './text-frame.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

interface Dependencies {
  yoga: GraphQLServer
  documents: TrustedDocuments
  inFlight: CostInFlight
  limiter: OperationLimiter
  toClientError: ToClientError
  services: Services
  /** Resolves when it is the socket's turn. */
  takeTurn(socket: ClientSocket): Promise<void>
  /** Whether the server is being stopped: nothing begins any more. */
  isClosing(): boolean
  /** Queries and mutations; subscriptions end with their socket. */
  began(): void
  ended(): void
}

/** What all subscriptions by one operation of one document share. */
interface Shared {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  operationName: string | undefined
  answers: EventAnswers
}

/** Runs what clients ask for over their sockets. */
export function createSocketOperations(deps: Dependencies) {
  const { yoga, documents, limiter, toClientError, services, takeTurn } = deps
  /** By document, then by the operation's name. */
  const known = new WeakMap<DocumentNode, Map<string | undefined, Shared>>()

  function sharedOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Shared {
    const name = operation.name?.value
    const byName = known.get(document) ?? new Map<string | undefined, Shared>()
    known.set(document, byName)
    const shared = byName.get(name) ?? {
      schema,
      document,
      operation,
      operationName: name,
      answers: createEventAnswers(schema, document, operation),
    }
    byName.set(name, shared)
    return shared
  }

  const operationContext = (socket: ClientSocket, requestId: string, taken: Promise<void> = Promise.resolve()) => ({
    viewer: socket.viewer,
    locale: socket.locale,
    client: turnKeyOf(socket),
    takeTurn: () => takeTurn(socket),
    taken,
    receivedAtMs: performance.now(),
    requestId,
  })

  /** A subscription, once it runs; it has nothing that another one of the same document has too. */
  class Running implements Operation, Consumer {
    next: Operation | null = null
    readonly id: string
    readonly #socket: ClientSocket
    /** Until it begins. */
    #payload: SubscribePayload | undefined
    #shared: Shared | undefined
    #variables: Readonly<Record<string, unknown>> | undefined
    #stream: EventStream | undefined
    /** Until it has been told. */
    #cost: ShownCost | null = null

    constructor(socket: ClientSocket, id: string, payload: SubscribePayload) {
      this.#socket = socket
      this.id = id
      this.#payload = payload
    }

    async run(): Promise<void> {
      const payload = this.#payload
      this.#payload = undefined
      const requestId = newRequestId()
      try {
        if (payload) await this.#begin(payload, requestId)
      } catch (error) {
        this.#refuse([toClientError(error, requestId)])
      }
      if (!this.#stream) this.#socket.forget(this)
    }

    end(): void {
      this.#stream?.end()
    }

    show(event: StreamEvent): Promise<void> | void {
      const answer = this.#answer(event)
      if (answer === null) return this.#workOut(event)
      this.#sendData(answer)
      return this.#socket.taken()
    }

    take(event: StreamEvent): boolean {
      if (!this.#socket.isOpen || this.#socket.isBehind) return false
      const answer = this.#answer(event)
      if (answer === null) return false
      this.#sendData(answer)
      return true
    }

    failed(error: unknown): void {
      const { message, extensions } = toClientError(error)
      this.#refuse([new GraphQLError(message, { extensions })])
      this.#socket.forget(this)
    }

    async #begin({ query, extensions, operationName, variables }: SubscribePayload, requestId: string): Promise<void> {
      const socket = this.#socket
      if (deps.isClosing()) throw unavailable()
      await limiter.take(socket.viewer, socket.client)
      if (socket.operationCount > maxSubscriptionsPerSocket)
        throw new OkoError('LIMIT_EXCEEDED', `At most ${maxSubscriptionsPerSocket} subscriptions at once`)
      const { promise: taken, resolve: onTaken } = resolvable()
      const enveloped = yoga.getEnveloped(operationContext(socket, requestId, taken))
      const { schema } = enveloped
      const text = documents.textOf({ query, extensions }) ?? query
      // Parsing and validation can't be interrupted: of a long document each is a piece of work.
      const pause = async () => {
        if (text.length > longDocumentCharacters) await takeTurn(socket)
      }
      const document = parsed(enveloped.parse, text)
      if (document instanceof GraphQLError) return this.#refuse([coded(document, 'GRAPHQL_PARSE_FAILED')])
      await pause()
      const errors: readonly GraphQLError[] = enveloped.validate(schema, document)
      await pause()
      if (errors.length > 0) return this.#refuse(errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')))
      const operation = getOperationAST(document, operationName)
      if (!operation) throw badUserInput('The operation to run is not named')
      const contextValue = (await enveloped.contextFactory()) as Context
      const args = { schema, document, operationName, variableValues: variables, contextValue }
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
        const { refusal, cost } = limitsOf(args)
        if (refusal) return this.#answerWith(refusal)
        const source = await createSourceEventStream(args)
        if (!(source instanceof EventStream)) {
          const { errors = [] } = source as ExecutionResult
          return this.#answerWith({ errors: errors.map((error) => toClientError(error, requestId)) })
        }
        this.#cost = cost
        if (!socket.has(this)) return
        this.#shared = sharedOf(schema, document, operation)
        this.#variables = variables ?? undefined
        this.#stream = source
        return source.flowTo(this)
      }
      deps.began()
      try {
        const result = (await enveloped.execute(args)) as ExecutionResult
        if (isLong(result)) this.#answerWith(result, await toJsonPieces(result, contextValue.takeTurn))
        else this.#answerWith(result)
      } finally {
        deps.ended()
        // Its id is free meanwhile: the client may have read the end of it already.
        void Promise.resolve(socket.taken()).then(onTaken)
      }
    }

    /** Says all there is to say: one result, and the end. */
    #answerWith(result: ExecutionResult, written?: readonly Buffer[]): void {
      const { id } = this
      if (!this.#socket.has(this)) return
      this.#socket.sendNext(id, written ? joined(written) : binary(JSON.stringify(result)))
      this.#socket.sendComplete(id)
    }

    /** Says why there is nothing (more); unless the client wants to hear no more of it. */
    #refuse(errors: readonly GraphQLError[]): void {
      if (this.#socket.has(this)) this.#socket.sendError(this.id, errors)
    }

    /** The first of it (StreamReady) says what each event costs. */
    #sendData(data: string): void {
      const cost = this.#cost
      this.#cost = null
      const extensions = cost ? `,"extensions":${binary(JSON.stringify({ cost }))}` : ''
      this.#socket.sendNext(this.id, `{"data":${data}${extensions}}`)
    }

    #answer(event: StreamEvent): string | null {
      const { viewer } = this.#socket
      if (viewer?.kind !== 'user' || !this.#shared) return null
      const { cursors, presence } = services
      return this.#shared.answers.answer(event, { userId: viewer.userId, cursors, presence })
    }

    /** Has GraphQL put an event into words. An event that can't be shown whole ends the stream: else there would be a gap. */
    async #workOut(event: StreamEvent): Promise<void> {
      if (!this.#shared) return
      const { schema, document, operationName } = this.#shared
      const { promise: taken, resolve: onTaken } = resolvable()
      const operation = operationContext(this.#socket, newRequestId())
      const contextValue: Context = { ...operation, ...services, room: new AnswerRoom() }
      const args = { schema, document, operationName, variableValues: this.#variables, contextValue }
      try {
        const { data, errors } = await workOut(deps.inFlight, args, event, taken)
        const [error] = errors ?? []
        if (error) throw error
        if (!this.#socket.has(this)) return
        const pieces = await toJsonPieces(data, operation.takeTurn)
        if (!this.#socket.has(this)) return
        this.#sendData(joined(pieces))
        await this.#socket.taken()
      } finally {
        onTaken()
      }
    }
  }

  return (socket: ClientSocket, id: string, payload: SubscribePayload): Operation => new Running(socket, id, payload)
}

/** As one binary text. */
const joined = (pieces: readonly Buffer[]): string => Buffer.concat(pieces).toString('latin1')

type Parse = ReturnType<GraphQLServer['getEnveloped']>['parse']

function parsed(parse: Parse, query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, extensions } = error
  return new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } })
}

/** Whose turn a message of a socket needs. */
export const turnKeyOf = ({ viewer, client }: { viewer: Viewer | null; client: string }): string =>
  viewer?.kind === 'user' ? viewer.userId : client
