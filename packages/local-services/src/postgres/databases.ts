/** Makes roles and databases in the running server. The product's role owns its database and nothing else. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface PostgresAccess {
  port: number;
  user: string;
  password: string;
}

const OWNER_NAME = 'im_callback';

/** Gives the product's role a new password for this run, which is not stored. */
export async function prepareRole(superuser: PostgresAccess): Promise<PostgresAccess> {
  const password = randomBytes(24).toString('hex');
  await asSuperuser(superuser, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER_NAME]);
    const verb = found.rowCount ? 'ALTER' : 'CREATE';
    await client.query(
      `${verb} ROLE ${pg.escapeIdentifier(OWNER_NAME)} LOGIN CREATEDB PASSWORD ${pg.escapeLiteral(password)}`,
    );
  });
  return { port: superuser.port, user: OWNER_NAME, password };
}

/** Makes the database unless it is there, and answers its URL. */
export async function createDatabase(
  superuser: PostgresAccess,
  owner: PostgresAccess,
  name: string,
): Promise<string> {
  await asSuperuser(superuser, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${pg.escapeIdentifier(owner.user)}`,
    );
  });
  const { user, password, port } = owner;
  return `postgres://${user}:${password}@127.0.0.1:${String(port)}/${encodeURIComponent(name)}`;
}

async function asSuperuser<T>(access: PostgresAccess, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: '127.0.0.1', database: 'postgres', ...access });
  // A server that stops also fails the running query, which reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
