import type { User, UserRole } from '../../prisma/generated/postgresql/client/client.ts'
import type { Database } from '../db.ts'
import type { Presence } from '../events/presence.ts'
import { newId } from '../ids.ts'

/** What a token says of its user. */
export interface UserClaims {
  externalId: string
  /** What the token leaves out stays as it is; of a new user the name is then the external id and the role CLIENT. */
  name: string | null
  role: UserRole | null
  avatarUrl: string | null
  /** Seconds since 1970; 0 where the token doesn't say. */
  issuedAt: number
}

export interface UserService {
  /** The user that a token speaks for: made at first sight; name, role and picture follow the newest token. */
  fromClaims(claims: UserClaims): Promise<User>
}

export function createUserService({
  db,
  presence,
  clock,
}: {
  db: Database
  presence: Pick<Presence, 'renamed'>
  clock: () => Date
}): UserService {
  async function create(claims: UserClaims): Promise<User> {
    const { externalId, name, role, avatarUrl, issuedAt } = claims
    return db.transaction(async (tx) => {
      // Another request with the same token may have been quicker.
      const known = await tx.user.findUnique({ where: { externalId } })
      if (known) return known
      const user = await tx.user.create({
        data: {
          id: newId('user'),
          externalId,
          name: name ?? externalId,
          role: role ?? 'CLIENT',
          avatarUrl,
          claimsIssuedAt: issuedAt,
          createdAt: clock(),
        },
      })
      await tx.inbox.create({ data: { userId: user.id } })
      return user
    })
  }

  return {
    async fromClaims(claims) {
      const { externalId, issuedAt } = claims
      const known = await db.client.user.findUnique({ where: { externalId } })
      if (!known) return create(claims)
      const name = claims.name ?? known.name
      const role = claims.role ?? known.role
      const avatarUrl = claims.avatarUrl ?? known.avatarUrl
      const same = name === known.name && role === known.role && avatarUrl === known.avatarUrl
      // A newer token that changes nothing is remembered all the same, so that one from in between changes nothing either.
      if (issuedAt < known.claimsIssuedAt || (same && issuedAt === known.claimsIssuedAt)) return known
      await db.client.user.updateMany({
        where: { externalId, claimsIssuedAt: { lte: issuedAt } },
        data: { name, role, avatarUrl, claimsIssuedAt: issuedAt },
      })
      if (!same) presence.renamed([known.id])
      return { ...known, name, role, avatarUrl }
    },
  }
}
