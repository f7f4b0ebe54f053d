import pino from 'pino'
import type { Requests } from './requests.ts'
import { shownError } from './shown-error.ts'

export type Logger = pino.Logger

/**
 * One JSON line for each event; never message text, never tokens.
 *
 * @param requests whose id each line has  @param destination standard output unless given
 */
export function createLogger(
  level: string,
  requests?: Pick<Requests, 'currentId'>,
  destination?: pino.DestinationStream,
): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    mixin() {
      const requestId = requests?.currentId()
      return requestId === undefined ? {} : { requestId }
    },
    serializers: { err: shownError },
  }
  return destination ? pino(options, destination) : pino(options)
}
