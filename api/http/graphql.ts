import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Viewer } from '../auth/viewer.ts'
import type { Context, Services } from '../context.ts'
import { unauthenticated } from '../errors.ts'
import type { Locale } from '../i18n.ts'
import type { Logger } from '../logger.ts'
import { schema } from '../schema.ts'
import { AnswerRoom } from './answer-size.ts'
import { errorsOfRequest, type ToClientError } from './client-errors.ts'
import type { CostInFlight } from './cost-in-flight.ts'
import { answerInTime } from './deadline.ts'
import { createDocumentCache } from './document-cache.ts'
import { limitDocuments } from './document-limits.ts'
import { endOnError } from './end-on-error.ts'
import { eventsInTurns } from './event-work.ts'
import { resolveTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts'

/** What a transport knows of an operation before GraphQL begins. */
export interface OperationContext {
  viewer: Viewer | null
  locale: Locale
  client: string
  takeTurn(): Promise<void>
  taken: Promise<unknown>
  receivedAtMs: number
  requestId: string
  shows?: Context['shows']
}

interface Dependencies {
  services: Services
  documents: TrustedDocuments
  inFlight: CostInFlight
  toClientError: ToClientError
  logger: Logger
}

/** Yoga with everything that must hold on HTTP and WebSocket alike; `getEnveloped` gives the latter the same functions. */
export function createGraphQL({ services, documents, inFlight, toClientError, logger }: Dependencies) {
  return createYoga<OperationContext, Context>({
    schema,
    context: (operation) => ({ ...operation, ...services, room: new AnswerRoom() }),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    // The handler does it, for its own refusals too.
    cors: false,
    parserAndValidationCache: createDocumentCache(),
    // Yoga has more to say than an error.
    maskedErrors: { maskError: (error) => toClientError(error) },
    // Errors are logged where they are masked.
    logging: {
      debug: (...args) => logger.trace({ args }, 'yoga'),
      info: () => undefined,
      warn: (...args) => logger.warn({ args }, 'yoga'),
      error: () => undefined,
    },
    plugins: [
      errorsOfRequest(toClientError),
      resolveTrustedDocuments(documents),
      ...limitDocuments(inFlight),
      eventsInTurns(inFlight),
      anonymousIntrospectionOnly(),
      withoutSuggestions(),
      endOnError(),
      // On SQLite nobody but ourselves can hold anything up, and work in line gets its turn.
      ...(services.db.provider === 'postgresql' ? [answerInTime()] : []),
    ],
  })
}

export type GraphQLServer = ReturnType<typeof createGraphQL>

/** Without a token only introspection runs. Where introspection is closed, nothing without a token gets here. */
function anonymousIntrospectionOnly(): Plugin<Context> {
  const refuse = (document: DocumentNode, context: Context): { errors: GraphQLError[] } | null =>
    context.viewer || isIntrospection(document) ? null : { errors: [unauthenticated().toGraphQL()] }
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refusal = refuse(args.document, args.contextValue as Context)
      if (refusal) setResultAndStopExecution(refusal)
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = refuse(args.document, args.contextValue as Context)
      if (refusal) setResultAndStopExecution(refusal)
    },
  }
}

/** Whether a document asks for nothing but the schema: its root selections are `__schema`, `__type` and `__typename`. */
function isIntrospection(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  // Validation has refused circular fragments.
  const onlyMeta = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__')
      if (selection.kind === Kind.INLINE_FRAGMENT) return onlyMeta(selection.selectionSet)
      const fragment = fragments.get(selection.name.value)
      return fragment !== undefined && onlyMeta(fragment.selectionSet)
    })
  return document.definitions.every(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || onlyMeta(definition.selectionSet),
  )
}

/** Those without a token learn no field names from validation errors. */
function withoutSuggestions(): Plugin<Context> {
  return {
    onValidate({ context }) {
      if ((context as unknown as OperationContext).viewer) return
      return ({ valid, result, setResult }) => {
        if (valid) return
        setResult(
          (result as readonly GraphQLError[]).map(
            (error) =>
              new GraphQLError(error.message.replace(/ Did you mean .*$/s, ''), {
                nodes: error.nodes,
                source: error.source,
                positions: error.positions,
                extensions: error.extensions,
              }),
          ),
        )
      }
    },
  }
}
