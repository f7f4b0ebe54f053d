import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { type FetchAPI, processRegularResult } from 'graphql-yoga'
import type { Context, Services } from '../context.ts'
import { unavailable } from '../errors.ts'
import type { PeopleChanges } from '../users/people-changes.ts'
import { within } from '../within.ts'
import type { ToClientError } from './client-errors.ts'
import { timeLeftMs } from './deadline.ts'
import { createDirectSends, type Params } from './direct-send.ts'
import { isLong } from './document-limits.ts'
import { asEvents } from './event-source.ts'
import type { GraphQLServer, OperationContext } from './graphql.ts'
import { toJsonPieces } from './json-pieces.ts'
import { longBodyCharacters, longDocumentCharacters } from './limits.ts'
import { type Accepted, jsonTypes } from './media-types.ts'
import { lengthOf } from './request.ts'
import type { Kept, ResponseCache, ShownPeople } from './response-cache.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** What is to be written, and no more: stands where Yoga makes a Response. */
export class PlainAnswer {
  readonly status: number
  readonly contentType: string
  /** The others. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    readonly body: string | readonly Buffer[],
    {
      status,
      headers: { 'Content-Type': contentType = '', ...headers },
    }: { status: number; headers: Record<string, string> },
  ) {
    this.status = status
    this.contentType = contentType
    this.headers = headers
  }

  /** The same with another body. */
  with(body: PlainAnswer['body'], contentType = this.contentType): PlainAnswer {
    const { status, headers } = this
    return new PlainAnswer(body, { status, headers: { ...headers, 'Content-Type': contentType } })
  }
}

const plain = { Response: PlainAnswer } as unknown as FetchAPI

/** With the status and headers that Yoga gives it. */
const toAnswer = (result: ExecutionResult, mediaType: string): PlainAnswer =>
  processRegularResult(result, plain, mediaType) as unknown as PlainAnswer

/** Answers to messages, but for what they say. */
const sentAnswers = new Map(jsonTypes.map((type) => [type, toAnswer({ data: {} }, type)]))

/** The same; an answer that may be long is written a piece in a turn. */
async function toAnswerInTurns(
  result: ExecutionResult,
  mediaType: string,
  takeTurn: () => Promise<void>,
): Promise<PlainAnswer> {
  if (!isLong(result)) return toAnswer(result, mediaType)
  const answer = toAnswer({ ...result, data: null }, mediaType)
  // No text of a client's stands before it.
  const [head = '', ...tail] = String(answer.body).split('"data":null')
  const pieces = await toJsonPieces(result.data, takeTurn)
  return answer.with([Buffer.from(`${head}"data":`), ...pieces, Buffer.from(tail.join('"data":null'))])
}

interface Dependencies {
  yoga: GraphQLServer
  services: Services
  documents: TrustedDocuments
  toClientError: ToClientError
  responses: ResponseCache<PlainAnswer>
  people: PeopleChanges
}

/** What is asked for: as the JSON of a body, or what a URL has in its place. */
export interface Question {
  body: string
  /** Whether it may change nothing: as a GET. */
  isSafe: boolean
}

/** Results of a subscription, each to be said when the one before has been taken. */
export type Results = AsyncIterableIterator<ExecutionResult>

/**
 * The way of nearly all requests: a query or mutation, answered as JSON, and a subscription. It uses Yoga's own functions and
 * plugins, but none of the Request, Response and stream objects around them, which cost more than the rest. Answers null for whatever
 * is not of that kind (documents that can't be parsed, parameters that aren't right, subscriptions that are refused, mutations that
 * may not be run): Yoga has the last word on those, and nothing of them has been run.
 */
export function createDirectPost({ yoga, services, documents, toClientError, responses, people }: Dependencies) {
  const sends = createDirectSends(services)
  return async (
    { body, isSafe }: Question,
    { json: mediaType, stream }: Accepted,
    operation: OperationContext,
  ): Promise<PlainAnswer | Results | null> => {
    const params = paramsOf(body, documents)
    if (!params) return null
    // Neither what has been read, nor parsing, nor validation can be interrupted: each is a piece of work.
    if (body.length > longBodyCharacters) await operation.takeTurn()
    const pause = async () => {
      if (params.query.length > longDocumentCharacters) await operation.takeTurn()
    }
    const begun = mediaType && !isSafe ? sends.begin(params, operation) : null
    const said = begun && (await begun.answer())
    const sent = mediaType && sentAnswers.get(mediaType)
    if (said && sent) return sent.with(said)
    const { viewer, locale } = operation
    const isRead =
      mediaType && viewer?.kind === 'user' && body.length <= maxQuestionLength && !params.query.includes('mutation')
    let kept: Kept<PlainAnswer> | null = null
    if (isRead) {
      try {
        const found = responses.find(viewer.userId, `${locale} ${mediaType} ${body}`)
        if (!(await within(timeLeftMs(operation.receivedAtMs), found))) throw unavailable()
        kept = await found
      } catch (error) {
        return toAnswer({ errors: [toClientError(error, operation.requestId)] }, mediaType)
      }
    }
    if (kept?.answer) return kept.answer
    let shown: Map<string, number> | null = new Map()
    const shows = (userId: string | undefined) => {
      if (userId === undefined) shown = null
      else if (shown && !shown.has(userId)) shown.set(userId, people.latest(userId))
    }
    const { parse, validate, contextFactory, schema, execute, subscribe } = yoga.getEnveloped(
      kept ? { ...operation, shows } : operation,
    )
    let document: DocumentNode
    try {
      document = parse(params.query)
    } catch {
      return null
    }
    await pause()
    const { variables, operationName } = params
    const asked = getOperationAST(document, operationName)
    if (asked?.operation === 'subscription')
      return stream ? streamOf({ document, operationName, variableValues: variables }) : null
    if (!asked || !mediaType || (isSafe && asked.operation === 'mutation')) return null

    let result: ExecutionResult
    try {
      const errors: readonly GraphQLError[] = validate(schema, document)
      await pause()
      if (errors.length > 0) result = { errors }
      else {
        let contextValue = (await contextFactory()) as Context
        if (begun) contextValue = { ...contextValue, messages: { ...contextValue.messages, send: () => begun.result } }
        else if (asked.operation === 'mutation') sends.learn(params, document, asked, contextValue)
        result = await execute({ schema, document, contextValue, variableValues: variables, operationName })
      }
    } catch (error) {
      const all = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
      result = { errors: all.map((one) => toClientError(one, operation.requestId)) }
    }
    const answer = await toAnswerInTurns(result, mediaType, operation.takeTurn)
    if (!result.errors && isOfInbox(asked)) kept?.keep(answer, lengthOf(answer.body), shown as ShownPeople)
    return answer

    /** What a subscription says, where it is not refused. */
    async function streamOf(what: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>) {
      let args: ExecutionArgs
      try {
        if (validate(schema, what.document).length > 0) return null
        await pause()
        args = { ...what, schema, contextValue: await contextFactory() }
      } catch {
        return null
      }
      let results: ExecutionResult | Results
      try {
        results = await subscribe(args)
      } catch (error) {
        results = { errors: [toClientError(error, operation.requestId)] }
      }
      if (Symbol.asyncIterator in results) return results
      const errors = results.errors?.map((error) => toClientError(error, operation.requestId)) ?? []
      const answer = toAnswer({ errors }, mediaType ?? 'application/json')
      return mediaType ? answer : answer.with(asEvents(String(answer.body)), 'text/event-stream')
    }
  }
}

/** A question that is longer is not kept an answer for. */
const maxQuestionLength = 16 * 1024

/** What is read by these changes with the inbox's `seq` alone, and with the people it shows. */
const inboxFields = new Set(['viewer', 'chats', 'chat', 'messages', 'counters', 'notifications'])

/** Whether an operation asks only for that. A search finds people by what they are called, whoever is shown then. */
const isOfInbox = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === 'query' &&
  selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD &&
      inboxFields.has(selection.name.value) &&
      !selection.arguments?.some(({ name }) => name.value === 'search'),
  )

const known = new Set(['query', 'variables', 'operationName', 'extensions'])

/** What a body asks for, with the text that its hash stands for; null where Yoga would have anything to say against it. */
function paramsOf(body: string, documents: TrustedDocuments): Params | null {
  let params: unknown
  try {
    params = JSON.parse(body)
  } catch {
    return null
  }
  if (!isRecord(params) || Object.keys(params).some((name) => !known.has(name))) return null
  const { variables, operationName, extensions } = params
  let query: string | undefined
  try {
    query = documents.textOf(params)
  } catch {
    return null
  }
  const isRight =
    typeof query === 'string' &&
    (variables == null || isRecord(variables)) &&
    (operationName == null || typeof operationName === 'string') &&
    (extensions == null || isRecord(extensions))
  return isRight ? ({ query, variables: variables ?? undefined, operationName } as Params) : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
