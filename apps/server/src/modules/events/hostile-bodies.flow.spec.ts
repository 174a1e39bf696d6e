/** Refuses bodies with very many faults at once and briefly, while other requests go on. */
import type { BatchItemResult, IngestedBatch } from '@im/contracts/api/events';
import type { Problem } from '@im/contracts/problem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../testing/api-client.js';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const MAX_FAULTS = 20;
const MAX_FAULTS_OF_BATCH = 100;

let service: TestService;
let app: AppUnderTest;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
});

afterAll(async () => {
  await service.stop();
});

/** 244 KiB with wrong ids alone. */
const wrongIds = () => ({
  event: 'group.member.joined',
  data: { groupId: 'g', memberIds: Array<number>(125_000).fill(0) },
});

const members = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown-${index}`, value]));

function expectFewFaults(answer: ApiAnswer): void {
  expect(answer.status).toBe(422);
  const problem = answer.body as Problem;
  expect(problem.errors).toHaveLength(MAX_FAULTS);
  expect(problem.errorsTruncated).toBe(true);
  expect(answer.text.length).toBeLessThan(10_000);
}

function problemsOf(results: readonly BatchItemResult[]) {
  return results.flatMap((result) => ('error' in result ? [result.error] : []));
}

describe('an answer names at most 20 faults', () => {
  it('of an event with 125,000 wrong ids', async () => {
    const answer = await app.call('POST', '/events', { body: wrongIds() });
    expectFewFaults(answer);
    expect((answer.body as Problem).errors?.[19]).toEqual({
      pointer: '/data/memberIds/19',
      code: 'invalid_type',
      message: 'must be a string',
    });
  });

  it('of a login with 255 KB of unknown fields, which takes no login', async () => {
    const body = { email: 'a@example.com', password: 'x', ...members(12_000, 1) };
    expectFewFaults(await service.anonymous.call('POST', '/auth/login', { body }));
  });

  it.each<[what: string, override: Record<string, unknown>]>([
    ['events', { events: Array<number>(200).fill(0) }],
    ['unknown fields', members(10_000, {})],
    ['unknown fields of the retry policy', { retryPolicy: members(10_000, {}) }],
  ])('of a webhook with very many wrong %s', async (_what, override) => {
    expectFewFaults(await app.call('POST', '/webhooks', { body: { url: 'https://a.example', ...override } }));
  });

  it('of a query with very many unknown parameters', async () => {
    const query = new URLSearchParams(Object.entries(members(500, '1')) as [string, string][]);
    expectFewFaults(await app.call('GET', `/deliveries?${query.toString()}`));
  });

  it('of alert rules with very many unknown ones', async () => {
    expectFewFaults(await app.call('PUT', '/alert-rules', { body: { rules: members(10_000, {}) } }));
  });

  it('of an event of a type of its own', async () => {
    const schema = { type: 'object', properties: { ids: { type: 'array', items: { type: 'string' } } } };
    const body = { name: 'wrong.often', schema, example: { ids: [] } };
    await service.admin.data('POST', '/event-types', { body });
    const event = { event: 'wrong.often', data: { ids: Array<number>(1_000).fill(0) } };
    expectFewFaults(await app.call('POST', '/events', { body: event }));
  });
});

describe('what has too many members is refused for that alone', () => {
  it.each<[what: string, pointer: string, body: Record<string, unknown>]>([
    ['events', '/events', { events: Array<number>(50_000).fill(0) }],
    ['headers', '/headers', { headers: members(10_000, 0) }],
  ])('%s of a webhook', async (_what, pointer, override) => {
    const answer = await app.call('POST', '/webhooks', { body: { url: 'https://a.example', ...override } });
    expect(answer.status).toBe(422);
    expect((answer.body as Problem).errors).toEqual([expect.objectContaining({ pointer, code: 'too_big' })]);
  });

  it('headers of a signature to explain', async () => {
    const answer = await app.call('POST', '/signature/explain', {
      body: { headers: members(20_000, 0), body: '' },
    });
    expect(answer.status).toBe(422);
    expect((answer.body as Problem).errors).toEqual([
      expect.objectContaining({ pointer: '/headers', code: 'too_big' }),
    ]);
  });
});

it('an answer shortens what it repeats of a name of 200 KB', async () => {
  const answer = await service.anonymous.call('POST', '/auth/login', {
    body: { email: 'a@example.com', password: 'x', ['n'.repeat(200_000)]: 1 },
  });
  expect(answer.status).toBe(422);
  expect((answer.body as Problem).errors).toHaveLength(1);
  expect(answer.text.length).toBeLessThan(2_000);
});

describe('a batch', () => {
  it('names at most 100 faults in all, 20 of an item, and says that there are more', async () => {
    const answer = await app.call('POST', '/events/batch', {
      body: { events: [...Array.from({ length: 31 }, wrongIds), friendDeleted()] },
    });
    expect(answer.status).toBe(202);
    expect(answer.text.length).toBeLessThan(40_000);
    const { data } = answer.body as { data: IngestedBatch };
    expect(data).toMatchObject({ accepted: 1, rejected: 31, errorsTruncated: true });
    const problems = problemsOf(data.results);
    expect(problems.map(({ code }) => code)).toEqual(Array(31).fill('invalid_input'));
    expect(problems.map(({ errors = [] }) => errors.length)).toEqual([
      ...Array<number>(MAX_FAULTS_OF_BATCH / MAX_FAULTS).fill(MAX_FAULTS),
      ...Array<number>(26).fill(0),
    ]);
    expect(problems.every(({ errorsTruncated }) => errorsTruncated)).toBe(true);
  });

  it('of which all faults are named says nothing of others', async () => {
    const answer = await app.call('POST', '/events/batch', { body: { events: [{ event: 'x' }] } });
    const { data } = answer.body as { data: IngestedBatch };
    expect(data).not.toHaveProperty('errorsTruncated');
    expect(problemsOf(data.results)[0]).not.toHaveProperty('errorsTruncated');
  });
});

describe('a batch with more members than it can have is refused for that alone', () => {
  it.each([
    ['of many names', JSON.stringify(members(300_000, 1))],
    ['of one name', `{${Array(500_000).fill('"events":[]').join(',')}}`],
    ['of a long name', JSON.stringify({ ['n'.repeat(1_000_000)]: 1, events: [] })],
  ])('%s', async (_what, body) => {
    const answer = await app.call('POST', '/events/batch', { body });
    expect(answer.status).toBe(422);
    expect((answer.body as Problem).errors).toEqual([
      expect.objectContaining({ pointer: '', code: 'too_big' }),
    ]);
  });
});

describe('an event of very many lists and objects', () => {
  const nested = () => friendDeleted({ extra: Array.from({ length: 50_000 }, () => []) });

  it('is refused before it is parsed', async () => {
    const answer = await app.call('POST', '/events', { body: nested() });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'malformed_request',
      detail: 'The body has more than 50000 lists and objects',
    });
  });

  it('is refused alone of its batch', async () => {
    const events = [friendDeleted(), nested(), friendDeleted()];
    const answer = await app.call('POST', '/events/batch', { body: { events } });
    const { results } = (answer.body as { data: IngestedBatch }).data;
    expect(results.map(({ status }) => status)).toEqual([202, 400, 202]);
  });
});

describe('an event with very many members is taken', () => {
  it('and delivered as it came', async () => {
    const receiver = await CallbackReceiver.start(app.appSecret);
    await app.addWebhook(receiver.url);
    const event = messageSent(members(9_000, 1));
    const { eventId } = await app.post(event);
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
    expect(receiver.callbacks[0]?.envelope.data).toEqual(event.data);
    await receiver.stop();
  });
});
