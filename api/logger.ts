import pino from 'pino'
import { shownError } from './shown-error.ts'

export type Logger = pino.Logger

/**
 * One JSON line for each event; never message text, never tokens.
 *
 * @param destination standard output unless given
 */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    serializers: { err: shownError },
  }
  return destination ? pino(options, destination) : pino(options)
}
