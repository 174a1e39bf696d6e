/** Looks for secrets in texts and tables, in clear and in the forms that hide nothing: base64 and hexadecimal. */
import type { TestDatabase } from './test-database.js';

/** Names of what was found, by where it was found. */
export type Found = string[];

export class SecretSearch {
  private readonly forms: { name: string; form: string }[];

  /** @param secrets by what they are called in the result */
  constructor(secrets: Readonly<Record<string, string>>) {
    this.forms = Object.entries(secrets).flatMap(([name, secret]) =>
      formsOf(secret).map((form) => ({ name, form })),
    );
  }

  in(where: string, text: string): Found {
    const found = this.forms.filter(({ form }) => text.includes(form));
    return [...new Set(found.map(({ name }) => `${name} in ${where}`))];
  }

  /** In every column of every row, partitions included: bytes are shown in hexadecimal. */
  async inTables(database: TestDatabase): Promise<Found> {
    const tables = await database.query<{ name: string }>(
      `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const found: Found = [];
    for (const { name } of tables) {
      const rows = await database.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      for (const { text } of rows) found.push(...this.in(`table ${name}`, text));
    }
    return [...new Set(found)];
  }
}

function formsOf(secret: string): string[] {
  const readable = [secret, ...[0, 1, 2].map((offset) => base64At(secret, offset))];
  return [...readable, ...readable.map((form) => Buffer.from(form).toString('hex'))];
}

/** What base64 of a longer text contains, when the secret begins `offset` bytes after a group of three. */
function base64At(secret: string, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = padded.length - (padded.length % 3);
  // Characters that also depend on the bytes before or after are left out.
  return padded
    .subarray(0, whole)
    .toString('base64')
    .slice(offset === 0 ? 0 : 4);
}
