import type { SafeStorage } from '../session/storage.ts'

/** Unsent texts by chat, kept through reloads. */
export type Drafts = {
  read(chatId: string): string
  write(chatId: string, text: string): void
  /** A text that came back (refused): it is put before whatever was written meanwhile, and listeners hear of it. */
  restore(chatId: string, text: string): void
  onRestored(listener: (chatId: string) => void): () => void
}

/** Drafts of one person; several may use the same browser. */
export function createDrafts(storage: SafeStorage, identity: string): Drafts {
  const listeners = new Set<(chatId: string) => void>()
  const key = (chatId: string) => `oko.draft.${identity}.${chatId}`
  const read = (chatId: string) => storage.read(key(chatId)) ?? ''
  const write = (chatId: string, text: string) => storage.write(key(chatId), text === '' ? null : text)
  return {
    read,
    write,
    restore: (chatId, text) => {
      const current = read(chatId)
      write(chatId, current.trim() === '' || current === text ? text : `${text}\n${current}`)
      for (const listener of [...listeners]) listener(chatId)
    },
    onRestored: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
