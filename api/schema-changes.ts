import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

/** What became of the public schema since a release, in the words of graphql-js. */
export interface SchemaReview {
  /** Breaking changes that the changelog doesn't announce. */
  refused: string[]
  /** Breaking changes that it does. */
  announced: string[]
  /** What may surprise clients but breaks none that follow the rules: a new enum value, an optional argument. */
  dangerous: string[]
}

/**
 * Compares the schema with that of the last release. A breaking change passes only where a bullet of the changelog's section
 * "Unreleased" begins with "Breaking: " and the change in graphql-js' words, and goes on to say what clients do instead.
 */
export function reviewChanges(released: GraphQLSchema, current: GraphQLSchema, changelog: string): SchemaReview {
  const said = announcements(changelog)
  const breaking = findBreakingChanges(released, current).map(({ description }) => description)
  const isAnnounced = (description: string) =>
    said.some((text) => text.startsWith(`${description} `) && text.length > description.length + 1)
  return {
    refused: breaking.filter((description) => !isAnnounced(description)),
    announced: breaking.filter(isAnnounced),
    dangerous: findDangerousChanges(released, current).map(({ description }) => description),
  }
}

/** The bullets of the section "Unreleased" that announce a breaking change, without line ends and "Breaking:". */
function announcements(changelog: string): string[] {
  const section = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog)?.[1] ?? ''
  return section
    .split(/^(?:- |#)/m)
    .map((bullet) => bullet.replace(/\s+/g, ' ').trim())
    .flatMap((bullet) => (bullet.startsWith('Breaking: ') ? [bullet.slice('Breaking: '.length)] : []))
}

const deprecationRule = /^Use .+\. Goes after \d{4}-\d{2}-\d{2}\.$/

/** What is deprecated without a replacement and a date ("Use `x`. Goes after 2027-01-31."), by its coordinate. */
export function deprecationsWithoutPlan(schema: GraphQLSchema): string[] {
  const found: string[] = []
  const look = (coordinate: string, { deprecationReason }: { deprecationReason?: string | null | undefined }) => {
    if (deprecationReason != null && !deprecationRule.test(deprecationReason)) found.push(coordinate)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field)
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field)
      for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name}:)`, arg)
    }
  }
  return found
}
