import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  validate,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { OkoError } from '../errors.ts'
import { charactersOf, tooLong } from './answer-size.ts'
import type { CostInFlight } from './cost-in-flight.ts'
import { introspectionCost } from './introspection-cost.ts'
import { documentLimits, maxAnswerCharacters, maxCost, maxValidationErrors, variableLimits } from './limits.ts'

/**
 * The limits on operations, whatever carries them. What is over one is refused with LIMIT_EXCEEDED, before anything of it runs;
 * answers say in `extensions.cost` what they cost.
 */
export function limitDocuments(inFlight: CostInFlight): Plugin<Context>[] {
  const { characters, tokens, depth, aliases, directives } = documentLimits
  const refuse = (what: string, limit: number) => ({
    onReject: [
      () => {
        throw new OkoError('LIMIT_EXCEEDED', `At most ${limit} ${what}`)
      },
    ],
  })
  return [
    limitCharacters(characters),
    limitErrors(),
    maxTokensPlugin({ n: tokens, ...refuse('tokens in a document', tokens) }),
    // graphql-js itself bounds the depth of introspection.
    maxDepthPlugin({ n: depth, flattenFragments: true, ...refuse('levels of fields', depth) }),
    maxAliasesPlugin({ n: aliases, allowList: [], ...refuse('aliases in an operation', aliases) }),
    maxDirectivesPlugin({ n: directives, ...refuse('directives in an operation', directives) }),
    limitVariables(),
    limitCost(inFlight),
  ]
}

/** Comments and white space are no tokens, but are read and kept. */
function limitCharacters(limit: number): Plugin<Context> {
  return {
    onParse({ params: { source } }) {
      const { length } = typeof source === 'string' ? source : source.body
      if (length > limit) throw new OkoError('LIMIT_EXCEEDED', `At most ${limit} characters in a document`)
    },
  }
}

function limitErrors(): Plugin<Context> {
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: maxValidationErrors }),
      )
    },
  }
}

const refusalOfVariables = ({ variableValues }: ExecutionArgs) =>
  fits(variableValues)
    ? null
    : { errors: [new OkoError('LIMIT_EXCEEDED', `At most ${variableLimits.values} values in variables`).toGraphQL()] }

/** Before graphql-js looks at each of them. */
function limitVariables(): Plugin<Context> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refusal = refusalOfVariables(args)
      if (refusal) setResultAndStopExecution(refusal)
    },
  }
}

/** Level by level, so that no nesting is too deep to be looked at. */
function fits(variables: unknown): boolean {
  let level: unknown[] = [variables]
  let values = 0
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length
    if (values > variableLimits.values || depth > variableLimits.depth) return false
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return true
}

function limitCost(inFlight: CostInFlight): Plugin<Context> {
  return {
    async onExecute({ args, setResultAndStopExecution }) {
      const cost = costOf(args)
      const refused = refusalOfCost(cost)
      if (refused) setResultAndStopExecution(refused)
      else if (cost !== null) {
        const { client, taken, takeTurn } = args.contextValue as Context
        const made = await inFlight.enter(client, cost, taken)
        if (!made) {
          setResultAndStopExecution({ errors: [tooMuchAtOnce()] })
          return undefined
        }
        return {
          async onExecuteDone({ result, setResult }) {
            // Without data nothing has run: the variables were wrong.
            if (Symbol.asyncIterator in result || !('data' in result)) return made()
            const characters = await charactersOf(result.data, takeTurn)
            made(characters)
            if (characters > longCharacters && result.data) longData.add(result.data)
            const isTooLong = characters > maxAnswerCharacters
            const answer = isTooLong ? { data: null, errors: [tooLong().toGraphQL()] } : result
            setResult({ ...answer, extensions: { ...result.extensions, cost: shown(cost) } })
          },
        }
      }
      return undefined
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const { refusal, cost } = limitsOf(args)
      if (refusal) setResultAndStopExecution(refusal)
      else if (cost) {
        return {
          onSubscribeResult({ result, setResult }) {
            if (Symbol.asyncIterator in result) setResult(withCostFirst(result as AsyncIterable<ExecutionResult>, cost))
          },
        }
      }
      return undefined
    },
  }
}

const refusalOfCost = (cost: number | null) =>
  cost !== null && cost > maxCost
    ? { errors: [new OkoError('LIMIT_EXCEEDED', 'The operation costs too much', { cost: shown(cost) }).toGraphQL()] }
    : null

/** What an operation's limits say of a subscription, whatever carries it: why it isn't begun, or what each of its events costs. */
export function limitsOf(args: ExecutionArgs): { refusal: ExecutionResult | null; cost: ShownCost | null } {
  const ofVariables = refusalOfVariables(args)
  if (ofVariables) return { refusal: ofVariables, cost: null }
  const cost = costOf(args)
  return { refusal: refusalOfCost(cost), cost: cost === null ? null : shown(cost) }
}

/** The results of a subscription, the first of which (StreamReady) says what each event costs. */
function withCostFirst(
  source: AsyncIterable<ExecutionResult>,
  cost: ShownCost,
): AsyncIterableIterator<ExecutionResult> {
  const iterator = source[Symbol.asyncIterator]()
  let isFirst = true
  return {
    async next() {
      const item = await iterator.next()
      if (item.done || !isFirst) return item
      isFirst = false
      return { done: false, value: { ...item.value, extensions: { ...item.value.extensions, cost } } }
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const tooMuchAtOnce = () =>
  new OkoError('RATE_LIMITED', 'Too much is asked for at once', { retryAfterMs: 1000 }).toGraphQL()

/** Data of answers that are better written in pieces. */
const longData = new WeakSet<object>()
const longCharacters = 32 * 1024

/** Whether writing an answer takes a while. One with errors has little else. */
export const isLong = ({ data, errors }: ExecutionResult): boolean => !errors && !!data && longData.has(data)

/** What clients are told of a cost. */
export interface ShownCost {
  requested: number
  limit: number
  remaining: number
}

const shown = (requested: number): ShownCost => ({
  requested,
  limit: maxCost,
  remaining: Math.max(0, maxCost - requested),
})

/** What documents were found to cost, by what the cost depends on besides. */
const knownCosts = new WeakMap<DocumentNode, Map<string, number>>()
/** Of one document. */
const maxKnownCosts = 100

/** Null where the variables are wrong: then nothing runs anyway, and execution says why. */
export function costOf(args: ExecutionArgs): number | null {
  const operation = getOperationAST(args.document, args.operationName)
  if (!operation) return null
  const known = knownCosts.get(args.document) ?? new Map<string, number>()
  const key = `${operation.name?.value ?? ''} ${costingValues(operation, args.variableValues)}`
  const before = known.get(key)
  if (before !== undefined) return before
  const cost = workOutCost(args, operation)
  if (cost === null) return null
  if (known.size >= maxKnownCosts) known.clear()
  knownCosts.set(args.document, known.set(key, cost))
  return cost
}

/** The variables that a cost may depend on: the sizes of pages are numbers, and directives take Booleans. */
function costingValues({ variableDefinitions = [] }: OperationDefinitionNode, values: ExecutionArgs['variableValues']) {
  const costing = variableDefinitions.filter(({ type }) => /^(?:Int|Float|Boolean)$/.test(nameOf(type)))
  return costing.length === 0 ? '' : JSON.stringify(costing.map(({ variable: { name } }) => values?.[name.value]))
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))

function workOutCost(
  { schema, document, variableValues, contextValue }: ExecutionArgs,
  operation: OperationDefinitionNode,
): number | null {
  const variables = (variableValues ?? {}) as Record<string, unknown>
  // The calculation would make an error of each value that is wrong.
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 }).errors) return null
  try {
    const { complexity } = complexityFromQuery(withFragments(operation, document), {
      schema,
      ctx: contextValue as Context,
      variables,
    })
    return complexity + introspectionCost(operation, document, schema)
  } catch (error) {
    if (error instanceof GraphQLError) return null
    throw error
  }
}

/** The document without the operations that don't run. */
const withFragments = (operation: OperationDefinitionNode, { definitions }: DocumentNode): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation, ...definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)],
})
