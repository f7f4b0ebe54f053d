/** `npm start`: the product, configured by the environment alone (see README). */
import './graphql-production.ts'
import { existsSync } from 'node:fs'
import { type App, createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { createLogger, type Logger } from './logger.ts'

/** Whoever stops us is promised an end within 10 s. */
const maxShutdownMs = 9500

/** Stops once, however often it is asked: under npm a signal comes twice. */
function stopOnSignals(app: App, logger: Logger): void {
  let stopping = false
  const stop = (exitCode: number) => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      logger.error('not everything could be closed in time')
      process.exit(1)
    }, maxShutdownMs).unref()
    app.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      logger.info({ signal }, 'stopping')
      stop(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error }, event)
      stop(1)
    })
  }
}

if (existsSync('.env')) process.loadEnvFile('.env')

try {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  const app = await createApp({ config, logger })
  stopOnSignals(app, logger)
  logger.info({ url: app.url, database: config.database.provider, demo: config.identity.kind === 'demo' }, 'listening')
  console.log(`Oko is up: ${app.url}`)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof ConfigError ? `Configuration: ${message}` : `Oko could not start: ${message}`)
  process.exit(1)
}
