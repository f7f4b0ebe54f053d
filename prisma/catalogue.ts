import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Provider } from './schemas.ts'

const queries: Record<Provider, string[]> = {
  sqlite: [
    `SELECT 'column', t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_master t, pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.name NOT LIKE '\\_prisma%' ESCAPE '\\'`,
    `SELECT 'index', t.name, i."unique", (SELECT group_concat(c.name) FROM pragma_index_info(i.name) c)
     FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE '\\_prisma%' ESCAPE '\\'`,
    `SELECT 'foreign key', t.name, f."from", f."table", f."to", f.on_update, f.on_delete
     FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`,
  ],
  postgresql: [
    `SELECT 'column', table_name, column_name, data_type, udt_name, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_prisma%'`,
    `SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%'`,
    `SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conrelid::regclass::text NOT LIKE '\\_prisma%'`,
    `SELECT 'enum', t.typname::text, string_agg(e.enumlabel::text, ',' ORDER BY e.enumsortorder)
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname`,
  ],
}

/** What a database is made of, a line a column, index or constraint, sorted: two databases are alike when these are. */
export async function catalogue(provider: Provider, adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const connection = await adapter.connect()
  try {
    const lines: string[] = []
    for (const sql of queries[provider]) {
      const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] })
      lines.push(...rows.map((row) => row.join(' | ')))
    }
    return lines.sort()
  } finally {
    await connection.dispose()
  }
}
