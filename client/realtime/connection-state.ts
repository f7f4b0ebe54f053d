/** The live connection as people see it; the one place that names its states. */
export type ConnectionState =
  | { status: 'live' }
  /** Trying, or waiting to try. `attempt` is 0 until the first one fails. */
  | { status: 'reconnecting'; attempt: number }
  /** Attempts fail, and the browser says that there is no network; or the connection is cut on purpose. */
  | { status: 'offline' }
