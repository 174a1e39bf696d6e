/** Runs each command of `imcb` against the service, as people and scripts do. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { CliProcess, runCli } from '../../testing/cli-process.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SCOPES = [
  'events:write',
  'webhooks:write',
  'webhooks:read',
  'deliveries:read',
  'deliveries:write',
] as const;

let service: TestService;
let receiver: CallbackReceiver;
let app: AppUnderTest;
let token: string;
let home: string;
let env: Record<string, string>;
const processes: CliProcess[] = [];

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  ({ token } = await addApiToken(service.admin, [...SCOPES, 'sources:read', 'sources:write']));
});
beforeEach(async () => {
  receiver.answerWith(200);
  app = await service.addApp();
  home = await mkdtemp(path.join(tmpdir(), 'imcb-'));
  env = { IMCB_URL: service.url, IMCB_TOKEN: token, IMCB_APP: app.appKey, XDG_CONFIG_HOME: home };
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((each) => each.stop()));
  await rm(home, { recursive: true });
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, lines, errors } = await runCli([...args, '--json'], env);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('login', () => {
  it('keeps address, token and app for their owner alone, by profile', async () => {
    const bare = { XDG_CONFIG_HOME: home };
    const args = ['login', '--url', `${service.url}/`, '--app', app.appKey, '--profile', 'test'];
    expect(await runCli(args, bare, `${token}\n`)).toMatchObject({ code: 0, errors: [] });
    const file = path.join(home, 'imcb', 'config.json');
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      profiles: { test: { url: service.url, token, app: app.appKey } },
    });
    const used = await runCli(['trigger', 'test.ping', '--profile', 'test'], bare);
    expect(used).toMatchObject({ code: 0, lines: [expect.stringContaining('test.ping')] });
    expect((await runCli(['logout', '--profile', 'test'], bare)).code).toBe(0);
    expect((await runCli(['trigger', 'test.ping', '--profile', 'test'], bare)).code).toBe(3);
  });

  it('refuses a token that the service does not know', async () => {
    const { code, errors } = await runCli(['login', '--url', service.url, '--token', 'imk_wrong'], {
      XDG_CONFIG_HOME: home,
    });
    expect([code, errors]).toEqual([3, [expect.stringMatching(/^imcb: .+imcb login/)]]);
  });
});

describe('trigger', () => {
  it('sends the example of an event, with the values that are given instead', async () => {
    const data = JSON.stringify({ messageId: 'from-the-command' });
    const stored = await json('trigger', 'message.sent', '--data', data, '--id', 'once');
    expect(stored).toMatchObject({ duplicate: false });
    expect(await json('trigger', 'message.sent', '--data', data, '--id', 'once')).toMatchObject({
      eventId: stored.eventId,
      duplicate: true,
    });
    const event = await app.client.data('GET', `${app.base}/events/${String(stored.eventId)}`);
    expect(event).toMatchObject({ event: 'message.sent', payload: { messageId: 'from-the-command' } });
  });

  it('of an event type that is unknown needs its data', async () => {
    expect((await runCli(['trigger', 'no.such'], env)).code).toBe(4);
    expect((await runCli(['trigger', 'no.such', '--data', '[]'], env)).code).toBe(2);
  });
});

it('tail shows deliveries as they happen, filtered', async () => {
  await app.addWebhook(receiver.url);
  const tail = new CliProcess(['tail', '--event', 'message.*', '--json'], env);
  processes.push(tail);
  // From some moment on it watches.
  await eventually(async () => {
    await runCli(['trigger', 'test.ping'], env);
    await runCli(['trigger', 'message.sent'], env);
    return tail.lines.length > 0;
  });
  expect(tail.values.every(({ event }) => event === 'message.sent')).toBe(true);
  expect(tail.values[0]).toMatchObject({ status: 'success', responseStatus: 200 });
});

it('trace says what became of an event, and why', async () => {
  await app.addWebhook(receiver.url, { name: 'Main', retryPolicy: fixedRetry(1) });
  receiver.answerWith(500);
  const { eventId } = await app.deliver();
  const { code, lines } = await runCli(['trace', eventId], env);
  expect([code, lines.join('\n')]).toEqual([
    0,
    expect.stringMatching(/message\.sent[^]*Main: failed[^]*attempt 1: 500/),
  ]);
  const zh = await runCli(['trace', eventId, '--lang', 'zh'], env);
  expect(zh.lines.join('\n')).toContain('第 1 次尝试');
  expect((await runCli(['trace', 'never-seen'], env)).code).toBe(4);
});

it('redeliver sends deliveries again, by id and by filter', async () => {
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  receiver.answerWith(500);
  const { deliveryId } = await app.deliver();
  receiver.answerWith(200);
  expect(await json('redeliver', deliveryId)).toEqual({ accepted: 1, skipped: 0 });
  await eventually(async () => (await app.deliveries('?status=success')).length === 1);
  expect(await json('redeliver', '--filter', 'status=failed')).toMatchObject({ accepted: 0 });
  const unknown = await runCli(['redeliver', '--filter', 'colour=red'], env);
  expect([unknown.code, unknown.errors]).toEqual([5, [expect.stringContaining('colour')]]);
  expect((await runCli(['redeliver'], env)).code).toBe(2);
});

it('recover counts, replays and waits for the end', async () => {
  const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  receiver.answerWith(500);
  await app.deliver();
  receiver.answerWith(200);
  expect(await json('recover', webhookId, '--from', '1h', '--dry-run')).toMatchObject({ count: 1 });
  expect(await json('recover', webhookId, '--from', '1h', '--wait')).toMatchObject({
    state: 'completed',
    succeeded: 1,
  });
  const wrong = await runCli(['recover', webhookId, '--from', 'yesterday'], env);
  expect([wrong.code, wrong.errors]).toEqual([2, [expect.stringContaining('yesterday')]]);
});

it('simulate plays a recorded request through the source of a kind', async () => {
  expect((await runCli(['simulate', 'openim'], env)).code).toBe(4);
  await app.client.data('POST', `${app.base}/sources`, { body: { kind: 'openim', name: 'IM' } });
  const played = await json('simulate', 'openim');
  expect(played).toMatchObject({ answerStatus: 200 });
});

describe('what is wrong is said in one line, with its exit code', () => {
  it.each<[what: string, args: string[], overrides: Record<string, string>, code: number, line: RegExp]>([
    ['no such command', ['fly'], {}, 2, /fly/],
    ['an unknown option', ['tail', '--colour'], {}, 2, /--colour/],
    ['a port that is none', ['listen', '70000'], {}, 2, /70000/],
    ['an address that is none', ['tail'], { IMCB_URL: 'callbacks' }, 2, /callbacks/],
    ['no login', ['tail'], { IMCB_TOKEN: '', IMCB_URL: '' }, 3, /imcb login/],
    ['a wrong token', ['tail'], { IMCB_TOKEN: 'imk_wrong' }, 3, /login/],
    ['an unknown app', ['tail', '--app', 'ak_unknown'], {}, 4, /app/],
    [
      'a service that is not there',
      ['trigger', 'test.ping'],
      { IMCB_URL: 'http://127.0.0.1:9' },
      6,
      /127\.0\.0\.1:9/,
    ],
    ['in Chinese', ['listen', '0', '--lang', 'zh'], {}, 2, /不是有效的端口/],
    ['in Chinese by the locale', ['listen', '0'], { LANG: 'zh_CN.UTF-8' }, 2, /不是有效的端口/],
  ])('%s', async (_, args, overrides, code, line) => {
    const result = await runCli(args, { ...env, ...overrides });
    expect(result).toEqual({ code, lines: [], errors: [expect.stringMatching(line)] });
    expect(result.errors[0]).toMatch(/^imcb: /);
  });

  it('as JSON for scripts', async () => {
    const { code, errors } = await runCli(['tail', '--app', 'ak_unknown', '--json'], env);
    expect([code, JSON.parse(errors[0] ?? '')]).toEqual([
      4,
      { error: expect.objectContaining({ code: 'not_found', status: 404 }) as unknown },
    ]);
  });
});

it('a signal ends a command that waits for an answer', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const asked = once(silent, 'request');
  const waiting = new CliProcess(['trigger', 'test.ping'], {
    ...env,
    IMCB_URL: `http://127.0.0.1:${String(port)}`,
  });
  processes.push(waiting);
  await asked;
  expect(await waiting.stop()).toBe(130);
  silent.close();
});

it.each(['bash', 'zsh', 'fish'])('completion knows every command, in %s', async (shell) => {
  const { code, lines } = await runCli(['completion', shell], env);
  expect(code).toBe(0);
  const script = lines.join('\n');
  for (const word of ['login', 'listen', 'redeliver', 'completion']) expect(script).toContain(word);
  expect((await runCli(['completion', 'cmd'], env)).code).toBe(2);
});
