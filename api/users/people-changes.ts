/**
 * Which people have changed in what others see of them and no event tells: name, role, picture, whether they are online, when they
 * were last seen. As far as this process has heard.
 */
export interface PeopleChanges {
  add(userIds: Iterable<string>): void
  /** Stands for the latest change of a person: another one after each. */
  latest(userId: string): number
}

const maxPeople = 50_000

export function createPeopleChanges(): PeopleChanges {
  /** Least recently changed first. */
  const changes = new Map<string, number>()
  let count = 0
  /** Of those who are no longer remembered. */
  let forgotten = 0

  return {
    add(userIds) {
      count++
      for (const userId of userIds) {
        changes.delete(userId)
        changes.set(userId, count)
      }
      for (const [oldest, change] of changes) {
        if (changes.size <= maxPeople) break
        changes.delete(oldest)
        forgotten = change
      }
    },
    latest: (userId) => changes.get(userId) ?? forgotten,
  }
}
