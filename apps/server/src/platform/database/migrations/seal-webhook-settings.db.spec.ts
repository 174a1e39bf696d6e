import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { SealWebhookSettings1763776800001 } from './1763776800001-seal-webhook-settings.js';

let test: TestDataSource;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  appId = await addAppRow(test);
  await addWebhookRow(test, appId);
  await test.query(
    `INSERT INTO webhook_revisions (webhook_id, revision, kind, revised_at, revised_by, settings, changes)
     SELECT webhook_id, 1, 'created', now(), 'test', '{}', '[]' FROM webhook_configs`,
  );
});

afterAll(async () => {
  await test.close();
});

/** Its error, rolled back in either case. */
async function takenBack(): Promise<string> {
  const runner = test.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await new SealWebhookSettings1763776800001().down(runner);
    return 'taken back';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

it.each([
  ['webhook_configs', 'sealed_settings', '\\x0203', /^Queries and headers/],
  ['webhook_revisions', 'sealed_settings', '\\x0203', /^Parts of the revisions/],
  ['webhook_revisions', 'sealed_changes', '\\x0203', /^Parts of the revisions/],
  ['apps', 'secret_ciphertext', '\\x0203', /^Secrets are sealed/],
  ['webhook_configs', 'secret_ciphertext', '\\x0203', /^Secrets are sealed/],
])(
  'is not reverted while %s.%s contains what the version before cannot read',
  async (table, column, sealed, why) => {
    await test.query(`UPDATE ${table} SET ${column} = $1::bytea`, [sealed]);
    const said = await takenBack();
    expect(said).toMatch(why);
    expect(said).toContain('restore a backup');
    await test.query(`UPDATE ${table} SET ${column} = ${column === 'secret_ciphertext' ? "''" : 'NULL'}`);
  },
);

it('is reverted if secrets are sealed as by the version before', async () => {
  await test.query("UPDATE apps SET secret_ciphertext = '\\x0102'");
  expect(await takenBack()).toBe('taken back');
});
