/** The live connection as people see it; the one place that names its states. */
export type ConnectionState =
  | { status: 'live' }
  /** Trying, or waiting to try. `attempt` is 0 until the first one fails. */
  | { status: 'reconnecting'; attempt: number }
  /** The browser has no network: nothing is tried until it has. */
  | { status: 'offline' }
