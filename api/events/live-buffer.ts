import type { StoredEvent, TransientEvent } from './event.ts'

/**
 * What arrived from the bus and was not read yet, of one stream. Bounded: what doesn't fit is forgotten, and the reader
 * finds it in the log (stored events) or never hears of it (transient ones).
 */
export class LiveBuffer {
  readonly #stored = new Map<number, StoredEvent>()
  readonly #transient: TransientEvent[] = []
  readonly #maxStored: number
  readonly #maxTransient: number

  constructor(maxStored = 128, maxTransient = 32) {
    this.#maxStored = maxStored
    this.#maxTransient = maxTransient
  }

  addStored(event: StoredEvent): void {
    if (this.#stored.size < this.#maxStored) this.#stored.set(event.seq, event)
  }

  addTransient(event: TransientEvent): void {
    if (this.#transient.length === this.#maxTransient) this.#transient.shift()
    this.#transient.push(event)
  }

  /** The event right behind `position`, if it is here. */
  take(position: number): StoredEvent | undefined {
    const event = this.#stored.get(position + 1)
    this.#stored.delete(position + 1)
    return event
  }

  hasTransient(): boolean {
    return this.#transient.length > 0
  }

  takeTransient(): TransientEvent | undefined {
    return this.#transient.shift()
  }

  /** Forgets what the reader has passed. */
  dropThrough(position: number): void {
    for (const seq of this.#stored.keys()) if (seq <= position) this.#stored.delete(seq)
  }
}
