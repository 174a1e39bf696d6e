/** Every command that an IM server waits for the answer of: what it is answered, byte for byte, whatever the receiver does. */
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import type { SourceKind } from '@im/contracts/api/source-constants';
import type { CreateWebhookRequest } from '@im/contracts/api/webhooks';
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
async function plugIn(
  before?: Partial<BeforeSettings>,
  webhook: Partial<CreateWebhookRequest> = {},
): Promise<Plugged> {
  const app = await service.addApp();
  receiver.key = app.appSecret;
  const sources = new Map<SourceKind, Source>();
  for (const kind of ['openim', 'tencent-im'] as const) {
    sources.set(kind, await app.client.data('POST', `${app.base}/sources`, { body: { kind, name: kind } }));
  }
  if (before) {
    await app.addWebhook(receiver.url, {
      before: { events: EVENTS, deadlineMs: 4_000, onFailure: 'allow', ...before },
      ...webhook,
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

describe('a receiver that was written for OpenIM', () => {
  const modify = BEFORE_CASES.find(({ command }) => command === 'callbackBeforeMsgModifyCommand')!;
  const rename = BEFORE_CASES.find(({ command }) => command === 'callbackBeforeSetGroupInfoCommand')!;
  let plugged: Plugged;
  beforeAll(async () => {
    plugged = await plugIn({}, { format: 'raw' });
  });

  it.each([
    ['a refusal', modify, ' {"nextCode":1, "errCode":4001}', ' {"nextCode":1, "errCode":4001}', 'deny'],
    ['a change', modify, '{"content":"{ }"}\n', '{"content":"{ }"}\n', 'modify'],
    ['a change of the wrong type', modify, '{"content":5,"ex":"e"}', '{"ex":"e"}', 'modify'],
    ['who gets it', modify, '{"errCode":0,"recvID":"u9"}', '{"errCode":0}', 'allow'],
    ['a field that OpenIM does not know', modify, '{"new":{"a":1.50}}', '{"new":{"a":1.50}}', 'allow'],
    [
      'a name alone',
      rename,
      '{"groupName":"N","groupID":"g9"}',
      '{"groupName":"N","groupID":"g1","faceURL":"","introduction":""}',
      'modify',
    ],
  ])('answers %s', async (_, each, text, expected, decision) => {
    const asked: string[] = [];
    receiver.answerBy((response, callback) => {
      asked.push(callback.text);
      response.end(text);
    });
    expect(await play(plugged, each)).toBe(expected);
    expect(asked).toEqual([each.body]);
    expect(await detailOf(plugged, each)).toContain(`${decision}, decided by receiver`);
  });

  it('answers nothing that OpenIM could read: its policy decides', async () => {
    receiver.answerBy((response) => response.end('{"nextCode":"x"}'));
    expect(await play(plugged, modify)).toBe(modify.allowed);
    expect(await detailOf(plugged, modify)).toContain('allow, decided by invalid_answer');
  });
});

describe('without a webhook that decides, no receiver', () => {
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
