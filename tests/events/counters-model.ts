/** What the counters should be, by rules of its own: everything is counted anew each time, nothing is added up. */
export interface ExpectedCounters {
  unreadMessages: number
  unreadChats: number
  unreadNotifications: number
}

export interface ExpectedEvent {
  type: string
  /** Null for what belongs to no chat. */
  chat: number | null
  counters: ExpectedCounters
}

interface ModelChat {
  messages: { author: number; deleted: boolean }[]
  members: Set<number>
  muted: Set<number>
  lastReadSeq: Map<number, number>
}

interface ModelNotification {
  chat: number
  seq: number
  read: boolean
}

/** People, chats and what each person's log should say. People and chats are numbers; `seq` of a message counts from 1. */
export class CountersModel {
  readonly chats: ModelChat[]
  readonly logs: ExpectedEvent[][]
  readonly #notifications: ModelNotification[][]
  readonly #quiet = new Set<number>()

  constructor(people: number, members: readonly (readonly number[])[]) {
    this.chats = members.map((list) => ({
      messages: [],
      members: new Set(list),
      muted: new Set<number>(),
      lastReadSeq: new Map<number, number>(),
    }))
    this.logs = Array.from({ length: people }, () => [])
    this.#notifications = Array.from({ length: people }, () => [])
  }

  isMember = (who: number, chat: number): boolean => this.#chat(chat).members.has(who)

  counters(who: number): ExpectedCounters {
    const unread = this.chats
      .filter(({ members, muted }) => members.has(who) && !muted.has(who))
      .map((chat) => this.#unread(who, chat))
    return {
      unreadMessages: unread.reduce((sum, count) => sum + count, 0),
      unreadChats: unread.filter((count) => count > 0).length,
      unreadNotifications: this.#visible(who).filter(({ read }) => !read).length,
    }
  }

  send(who: number, chatIndex: number): void {
    const chat = this.#chat(chatIndex)
    chat.messages.push({ author: who, deleted: false })
    const seq = chat.messages.length
    chat.lastReadSeq.set(who, seq)
    for (const member of chat.members) {
      this.#append(member, 'MessageAdded', chatIndex)
      if (member === who) this.#readNotifications(who, (one) => one.chat === chatIndex && one.seq <= seq)
      else if (!chat.muted.has(member) && !this.#quiet.has(member)) {
        this.#of(member).push({ chat: chatIndex, seq, read: false })
        this.#append(member, 'NotificationAdded', chatIndex)
      }
    }
  }

  /** @param upToSeq null: the latest */
  read(who: number, chatIndex: number, upToSeq: number | null): void {
    const chat = this.#chat(chatIndex)
    const seq = Math.min(upToSeq ?? chat.messages.length, chat.messages.length)
    if (seq <= (chat.lastReadSeq.get(who) ?? 0)) return
    chat.lastReadSeq.set(who, seq)
    for (const member of chat.members) this.#append(member, 'ChatRead', chatIndex)
    this.#readNotifications(who, (one) => one.chat === chatIndex && one.seq <= seq)
  }

  mute(who: number, chatIndex: number, muted: boolean): void {
    const chat = this.#chat(chatIndex)
    if (chat.muted.has(who) === muted) return
    if (muted) chat.muted.add(who)
    else chat.muted.delete(who)
    this.#append(who, 'ChatChanged', chatIndex)
  }

  /** Deletes a message that `who` sent and didn't delete yet. */
  remove(chatIndex: number, seq: number): void {
    const chat = this.#chat(chatIndex)
    const message = chat.messages[seq - 1]
    if (!message || message.deleted) return
    message.deleted = true
    for (const member of chat.members) this.#append(member, 'MessageChanged', chatIndex)
  }

  leave(who: number, chatIndex: number): void {
    const chat = this.#chat(chatIndex)
    if (!chat.members.delete(who)) return
    this.#append(who, 'ChatLeft', chatIndex)
    for (const member of chat.members) this.#append(member, 'ChatChanged', chatIndex)
  }

  join(who: number, chatIndex: number): void {
    const chat = this.#chat(chatIndex)
    if (chat.members.has(who)) return
    chat.members.add(who)
    for (const member of chat.members) this.#append(member, 'ChatChanged', chatIndex)
  }

  readAllNotifications(who: number): void {
    this.#readNotifications(who, () => true)
  }

  setQuiet(who: number, quiet: boolean): void {
    if (quiet) this.#quiet.add(who)
    else this.#quiet.delete(who)
  }

  #readNotifications(who: number, concerns: (one: ModelNotification) => boolean): void {
    const unread = this.#visible(who).filter((one) => !one.read && concerns(one))
    for (const one of unread) one.read = true
    if (unread.length > 0) this.#append(who, 'NotificationsRead', null)
  }

  #append(who: number, type: string, chat: number | null): void {
    this.logs[who]?.push({ type, chat, counters: this.counters(who) })
  }

  #unread(who: number, { messages, lastReadSeq }: ModelChat): number {
    const from = lastReadSeq.get(who) ?? 0
    return messages.filter(({ author, deleted }, index) => index >= from && author !== who && !deleted).length
  }

  /** Those of chats that were left are hidden until the return. */
  #visible = (who: number) => this.#of(who).filter(({ chat }) => this.#chat(chat).members.has(who))
  #of = (who: number): ModelNotification[] => this.#notifications[who] ?? []

  #chat(index: number): ModelChat {
    const chat = this.chats[index]
    if (!chat) throw new Error('no such chat')
    return chat
  }
}
