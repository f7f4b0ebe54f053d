import pino from 'pino'

export type Logger = pino.Logger

/** JSON lines on standard output; never message text, never tokens. */
export const createLogger = (level: string): Logger => pino({ level, base: null })
