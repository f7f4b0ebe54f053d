/** What one client may ask for, on HTTP and WebSocket alike (docs/limits.md); rates are settings, in config.ts. */

/** What one document may have. The dashboard's largest has 450 tokens and is 7 deep, GraphiQL's introspection 14 deep. */
export const documentLimits = { characters: 32 * 1024, tokens: 1000, depth: 12, aliases: 50, directives: 50 } as const

/** What is longer takes a turn for each step that can't be interrupted: reading the JSON, parsing, validating. */
export const longDocumentCharacters = 1024
export const longBodyCharacters = 16 * 1024
/** Validation ends with the error that is one too many: each takes a while to be worded. */
export const maxValidationErrors = 10

/** What the variables of an operation may hold: a chat's thousand participants need five thousand values, four deep. */
export const variableLimits = { values: 10_000, depth: 20 } as const

/** Lists and objects of a body that stand in each other. */
export const maxBodyLevels = 100

/** What one operation may cost: a hundred chats with a hundred messages each, but not those of them again. */
export const maxCost = 100_000

/** What one answer may have: some 20 MB as UTF-8 at the worst, and 8 where it is letters of ours. The dashboard's largest has 50,000. */
export const maxAnswerCharacters = 8 * 1024 * 1024

/** Of an HTTP request, and of a WebSocket frame. */
export const maxBodyBytes = 256 * 1024
export const maxFrameBytes = 64 * 1024
/** Of one message: 64 bytes each, where it is as large as may be. */
export const maxFragments = 1024

export const maxSubscriptionsPerSocket = 50
export const connectionInitTimeoutMs = 3000

/** How long the headers of a request, and all of it, may take to come. */
export const maxHeadersMs = 10_000
export const maxRequestMs = 30_000

/** How long nothing may move on a connection with a request: a client that doesn't take its answer is cut off. */
export const maxStalledMs = 30_000

/** How many messages of a socket, or requests of a connection, may wait for their turn; more are not read until then. */
export const maxWaitingPerConnection = 32
/** How much of a connection is parsed in one piece: some two hundred of the smallest requests. */
export const maxParsedBytes = 8 * 1024
/** How much a socket may have been sent that its client hasn't taken; nothing more is read of it until then. */
export const maxUnreadBytes = 256 * 1024
