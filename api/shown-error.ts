/** An error as the log shows it. */
export interface ShownError {
  type: string
  /** Left out where it may quote what people wrote. */
  message?: string
  code?: string
  /** Where it was thrown: the frames alone. */
  stack: string
  cause?: ShownError
}

const maxMessageLength = 2000

/**
 * What the log may have of an error. Databases and their drivers put values of a failed statement (a message's text among
 * them) into `detail`, `meta` or the arguments that they print, so only what is known to hold none is taken.
 */
export function shownError(error: unknown): ShownError | string {
  if (!(error instanceof Error)) return typeof error
  return shown(error, 0)
}

function shown(error: Error, depth: number): ShownError {
  const { name, message, stack = '', cause } = error
  const code = codeOf(error)
  return {
    type: name,
    ...(!quotesValues(error) && { message: message.slice(0, maxMessageLength) }),
    ...(code !== undefined && { code }),
    stack: stack
      .split('\n')
      .filter((line) => /^ +at /.test(line))
      .join('\n'),
    ...(cause instanceof Error && depth < 3 && { cause: shown(cause, depth + 1) }),
  }
}

const codeOf = (error: Error & { code?: unknown }): string | undefined =>
  typeof error.code === 'string' ? error.code : undefined

/**
 * Prisma prints the arguments of a call that it can't make sense of; PostgreSQL quotes what it can't read as a value (class 22
 * of its error codes), wherever the driver has put that code and message; JSON.parse quotes the text around a mistake.
 */
function quotesValues(error: Error): boolean {
  const code = codeOf(error) ?? ''
  return (
    error.name === 'PrismaClientValidationError' ||
    error instanceof SyntaxError ||
    /^22...$/.test(code) ||
    /invalid input syntax|invalid byte sequence|Failing row|Code: `22/.test(error.message)
  )
}
