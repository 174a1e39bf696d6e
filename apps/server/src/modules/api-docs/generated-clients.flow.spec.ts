/** Generates clients from the document, compiles them, and runs one flow through each against the running service. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { foundTools, GENERATED_CLIENTS, run } from '../../testing/generated-clients.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SCOPES = [
  'apps:write',
  'webhooks:write',
  'event-types:write',
  'events:write',
  'deliveries:read',
] as const;
/** Compiling a client takes that long beside other tests. */
const TIMEOUT_MS = 900_000;

const tools = await foundTools();
const found = GENERATED_CLIENTS.filter((client) => tools.includes(client.tools));
const missing = GENERATED_CLIENTS.filter((client) => !found.includes(client));
if (missing.length > 0) {
  const names = missing.map(({ language }) => language).join(', ');
  process.stderr.write(
    `Clients that were not generated, since their tools are not on this machine: ${names}\n`,
  );
}

let service: TestService;
let receiver: CallbackReceiver;
let directory: string;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  directory = await mkdtemp(path.join(tmpdir(), 'generated-clients-'));
  const body = { name: 'client.tried', schema: {}, example: {} };
  await service.admin.data('POST', '/event-types', { body });
});
afterAll(async () => {
  await receiver.stop();
  await service.stop();
  await rm(directory, { recursive: true });
});

it.each(found.map((client) => [client.language, client] as const))(
  'a client in %s compiles, creates an app and a webhook, sends an event and reads its delivery',
  async (language, { build }) => {
    const work = await mkdtemp(path.join(directory, language));
    const { payload } = await service.app.inject({ url: '/api/openapi.json' });
    await writeFile(path.join(work, 'openapi.json'), payload);
    const program = await build(work);
    const { token } = await addApiToken(service.admin, [...SCOPES]);
    const output = await run(program, {
      SERVER_URL: service.url,
      TOKEN: token,
      RECEIVER_URL: receiver.url,
      EVENT: 'client.tried',
    });
    expect(output).toBe('success');
  },
  TIMEOUT_MS,
);

it('every language is generated or named as missing', () => {
  expect([...found, ...missing]).toHaveLength(GENERATED_CLIENTS.length);
});
