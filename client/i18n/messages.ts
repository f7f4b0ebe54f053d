import type { ru } from './ru.ts'

export type MessageKey = keyof typeof ru

declare global {
  namespace FormatjsIntl {
    interface Message {
      ids: MessageKey
    }
  }
}
