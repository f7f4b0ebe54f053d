import type { WebSocket } from 'ws'
import type { Metrics } from '../metrics.ts'
import { closeCodes } from './close-codes.ts'

/** A dead connection is found within two of these. */
const pingIntervalMs = 6000
/** How long what was sent last may take to get through once a connection is given up. */
const farewellMs = 2000
/** A consumer that takes nothing for so long is let go; it comes back and resumes. */
const stalledMs = 15_000

/** Finds dead connections by ping, and lets go of consumers that take nothing. */
export function watchConsumer(
  socket: WebSocket,
  metrics: Pick<Metrics, 'socketsGivenUp'>,
): { took(): void; forget(): void } {
  let answered = true
  let tookAtMs = performance.now()
  let farewell: NodeJS.Timeout | undefined
  const took = () => {
    tookAtMs = performance.now()
  }
  const isAlive = () => {
    answered = true
  }
  socket.on('pong', isAlive)
  // The answer to a ping may stand behind many of them, which wait for us.
  socket.on('message', isAlive)
  const giveUp = (reason: string) => {
    if (socket.readyState !== socket.OPEN) return
    metrics.socketsGivenUp.inc()
    socket.close(closeCodes.tryAgainLater, reason)
  }
  const timer = setInterval(() => {
    if (socket.bufferedAmount > 0) {
      // A slow consumer takes something now and then; behind what a stalled one has not taken stands the reason, and ws
      // cuts the connection where even that doesn't get through.
      if (performance.now() - tookAtMs >= stalledMs) giveUp('Too slow')
    } else if (answered) {
      answered = false
      took()
      socket.ping()
    } else {
      // A client that only stopped reading finds the reason behind what it has not read yet.
      giveUp('No answer')
      farewell ??= setTimeout(() => socket.terminate(), farewellMs)
    }
  }, pingIntervalMs)
  return {
    took,
    forget() {
      clearInterval(timer)
      clearTimeout(farewell)
    },
  }
}
