import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tencentRequest } from '../../../testing/tencent-requests.js';
import type { SourceAnswer, SourceDecision, SourceReading, SourceRequest } from '../source-kind.js';
import { tencentAdapter } from './tencent.adapter.js';

const SEED = Number(process.env.TENCENT_SEED ?? Date.now() % 1_000_000_007);

function payloadsOf(reading: SourceReading): string[] {
  if (reading.kind === 'before') return [reading.question.payload];
  return reading.kind === 'events' ? reading.events.map(({ payload }) => payload) : [];
}

function answersOf(reading: SourceReading, decisions: readonly SourceDecision[]): SourceAnswer[] {
  return reading.kind === 'before' ? decisions.map((decision) => reading.answer(decision)) : [];
}

function decisionsOn(changed: unknown, rawAnswer: string): SourceDecision[] {
  const changes = { content: changed, memberIds: changed, extra: changed };
  return (['allow', 'deny', 'modify'] as const).flatMap((decision) =>
    [rawAnswer, null].map((raw) => ({ decision, code: null, reason: null, changes, rawAnswer: raw })),
  );
}

describe(`hostile requests (TENCENT_SEED=${String(SEED)})`, () => {
  const commands = fc.oneof(
    fc.constantFrom(
      ...['C2C.CallbackAfterSendMsg', 'Group.CallbackAfterSendMsg', 'Group.CallbackAfterReadReceipt'],
      ...['Group.CallbackAfterRecallMsg', 'Bot.OnGroupMessage', 'Sns.CallbackFriendAdd', 'State.StateChange'],
      ...['Profile.CallbackPortraitSet', 'C2C.CallbackBeforeSendMsg', 'Sns.CallbackPrevFriendAdd'],
      ...[
        'Sns.CallbackPrevFriendResponse',
        'Group.CallbackBeforeInviteJoinGroup',
        '__proto__',
        'X.CallbackBeforeY',
      ],
    ),
    fc.string(),
  );
  const names = fc.constantFrom(
    ...[
      'From_Account',
      'To_Account',
      'GroupId',
      'TopicId',
      'MsgSeq',
      'MsgTime',
      'MsgKey',
      'MsgBody',
      'EventTime',
    ],
    ...[
      'PairList',
      'Info',
      'ProfileItem',
      'FriendItem',
      'ResponseFriendItem',
      'DestinationMembers',
      '__proto__',
    ],
    ...[
      'GroupMsgReceiptList',
      'MsgSeqList',
      'AtRobots_Account',
      'GroupAtInfo',
      'SendMsgResult',
      'CallbackCommand',
    ],
  );
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(-1, 0, 1e308, 2 ** 60, 253_402_300_800, '1e9', '\u0000', 'x'.repeat(300)),
    fc.array(fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })), { maxLength: 3 }),
  );
  const bodies = fc.oneof(
    fc.dictionary(names, values).map((body) => JSON.stringify(body)),
    fc.json(),
    fc.string(),
    fc.constantFrom('[', '{"a":1e999999}', '{"MsgTime":99999999999999999999}', '\uFEFF{}', '[]', '1', '""'),
  );
  const request = fc
    .record({ command: commands, body: bodies, query: fc.string() })
    .map(({ command, body, query }): SourceRequest => ({
      ...tencentRequest(command, body),
      query: `${new URLSearchParams({ CallbackCommand: command }).toString()}&${query}`,
    }));

  it('are read, answered and asked about without an exception', () => {
    fc.assert(
      fc.property(request, fc.jsonValue(), fc.string(), (each, changes, rawAnswer) => {
        const reading = tencentAdapter.read(each, {});
        for (const payload of payloadsOf(reading)) expect(JSON.parse(payload)).toBeTypeOf('object');
        const decisions = decisionsOn(changes, rawAnswer);
        for (const answer of [tencentAdapter.allow(each), ...answersOf(reading, decisions)]) {
          expect(answer.status).toBe(200);
          expect(JSON.parse(answer.body)).toMatchObject({ ActionStatus: 'OK' });
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
    ['a body nested ten thousand deep', Buffer.from(`{"a":${'['.repeat(10_000)}1.50${']'.repeat(10_000)}}`)],
    ['an empty body', Buffer.alloc(0)],
  ])('such as %s are answered', (_, body) => {
    const each = { ...tencentRequest('C2C.CallbackAfterSendMsg', ''), body };
    expect(['events', 'not_understood']).toContain(tencentAdapter.read(each, {}).kind);
    expect(tencentAdapter.allow(each).status).toBe(200);
  });
});
