/** Close codes beside those of the protocol (RFC 6455, 7.4.1 and its registry). */
export const closeCodes = { shutdown: 1012, tryAgainLater: 1013 } as const
