/** Every command that an IM server waits for the answer of: what it is answered, byte for byte, whatever the receiver does. */
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import type { SourceKind } from '@im/contracts/api/source-constants';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { BEFORE_CASES, DENIAL, type BeforeCase } from '../../testing/before-cases.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { OPENIM_COMMANDS } from './openim/mapping/commands.js';
import { BEFORE_COMMANDS } from './tencent-im/before-commands.js';

const EVENTS = [...new Set(BEFORE_CASES.map(({ event }) => event))];

let service: TestService;
let receiver: CallbackReceiver;

beforeAll(async () => {
  [service, receiver] = await Promise.all([startTestService(), CallbackReceiver.start()]);
});
afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

interface Plugged {
  app: AppUnderTest;
  sources: Map<SourceKind, Source>;
}

/** A new app with a source of each kind that asks. @param before absent: no webhook is asked */
async function plugIn(before?: Partial<BeforeSettings>): Promise<Plugged> {
  const app = await service.addApp();
  receiver.key = app.appSecret;
  const sources = new Map<SourceKind, Source>();
  for (const kind of ['openim', 'tencent-im'] as const) {
    sources.set(kind, await app.client.data('POST', `${app.base}/sources`, { body: { kind, name: kind } }));
  }
  if (before) {
    await app.addWebhook(receiver.url, {
      before: { events: EVENTS, deadlineMs: 4_000, onFailure: 'allow', ...before },
    });
  }
  return { app, sources };
}

async function play({ sources }: Plugged, { kind, command, body }: BeforeCase): Promise<string> {
  const { pathname } = new URL(sources.get(kind)?.url ?? '');
  const suffix =
    kind === 'openim'
      ? `/${command}`
      : `?${new URLSearchParams({ SdkAppid: '1400', CallbackCommand: command, contenttype: 'json' }).toString()}`;
  const answer = await fetch(service.url + pathname + suffix, { method: 'POST', body });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return answer.text();
}

/** What became of the last request of the command. */
async function detailOf({ app, sources }: Plugged, { kind, command }: BeforeCase): Promise<string> {
  const { sourceId = '' } = sources.get(kind) ?? {};
  const path = `${app.base}/sources/${sourceId}/requests`;
  const requests = await app.client.data<SourceRequestEntry[]>('GET', path);
  return requests.find((each) => each.command === command)?.detail ?? '';
}

function answers(decide: (callback: ReceivedCallback) => object): void {
  receiver.answerBy((response, callback) => response.end(JSON.stringify(decide(callback))));
}

const cases = BEFORE_CASES.map((each) => [each.command, each] as const);

it('every command is here', () => {
  const asking = OPENIM_COMMANDS.filter(({ phase }) => phase === 'before');
  const known = [...asking, ...BEFORE_COMMANDS].map(({ command }) => command);
  expect(BEFORE_CASES.map(({ command }) => command).toSorted()).toEqual(known.toSorted());
});

describe('a receiver', () => {
  let plugged: Plugged;
  beforeAll(async () => {
    plugged = await plugIn({});
  });

  it.each(cases)('is asked about %s and allows it', async (_, each) => {
    const asked: ReceivedCallback[] = [];
    answers((callback) => {
      asked.push(callback);
      return { decision: 'allow' };
    });
    expect(await play(plugged, each)).toBe(each.allowed);
    expect(asked).toMatchObject([
      { isSignatureValid: true, headers: { 'x-app-kind': 'before' }, envelope: { event: each.event } },
    ]);
    expect(await detailOf(plugged, each)).toContain('allow, decided by receiver');
  });

  it.each(cases)('denies %s', async (_, each) => {
    const code = each.kind === 'openim' ? DENIAL.openim : DENIAL['tencent-im'];
    answers(() => ({ decision: 'deny', code, reason: DENIAL.reason }));
    expect(await play(plugged, each)).toBe(each.denied);
    expect(await detailOf(plugged, each)).toContain('deny, decided by receiver');
  });

  it.each(cases)('modifies %s, in what it lets itself be modified', async (_, each) => {
    answers(() => ({ decision: 'modify', changes: each.changes }));
    expect(await play(plugged, each)).toBe(each.modified);
    expect(await detailOf(plugged, each)).toContain('modify, decided by receiver');
  });
});

describe('nobody', () => {
  let plugged: Plugged;
  beforeAll(async () => {
    plugged = await plugIn();
  });

  it.each(cases)('is asked about %s', async (_, each) => {
    expect(await play(plugged, each)).toBe(each.allowed);
    expect(await detailOf(plugged, each)).toContain('allow, decided by none');
  });
});

/** All at once: all of them wait for the same time, and one by one they would open the breaker. */
describe.each([
  ['allow', 'allowed'],
  ['deny', 'deniedPlainly'],
] as const)('a receiver that does not answer, with the policy %s', (onFailure, expected) => {
  let plugged: Plugged;
  let given: Map<string, string>;

  beforeAll(async () => {
    receiver.answerBy(() => undefined);
    plugged = await plugIn({ deadlineMs: 500, onFailure });
    given = new Map(
      await Promise.all(BEFORE_CASES.map(async (each) => [each.command, await play(plugged, each)] as const)),
    );
  });

  it.each(cases)('leaves %s to the policy', async (command, each) => {
    expect(given.get(command)).toBe(each[expected]);
    expect(await detailOf(plugged, each)).toMatch(
      new RegExp(`${onFailure}, decided by (?:deadline|breaker)`),
    );
  });

  it('was waited for', async () => {
    const details = await Promise.all(BEFORE_CASES.map((each) => detailOf(plugged, each)));
    expect(details.some((detail) => detail.includes('decided by deadline'))).toBe(true);
  });
});
