import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RECEIVED_AT, tencentEvents, tencentRequest } from '../../../testing/tencent-requests.js';
import type { OpenedSourceSettings, SourceReading } from '../source-kind.js';
import { tencentAdapter } from './tencent.adapter.js';

const ALLOWED = {
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
};
const STATE = { Info: { Action: 'Login', To_Account: 'ann', Reason: 'Register' } };
const read = (query: string, settings: OpenedSourceSettings, body: unknown = STATE) =>
  tencentAdapter.read({ ...tencentRequest('State.StateChange', body), query }, settings);

function eventsOf(reading: SourceReading): string[] {
  if (reading.kind === 'before') return [reading.question.event];
  return reading.kind === 'events' ? reading.events.map(({ event }) => event) : [];
}

describe('the command', () => {
  it.each([
    ['SdkAppid=1&CallbackCommand=State.StateChange', STATE],
    ['sdkappid=1&callbackcommand=state.statechange', STATE],
    ['', { ...STATE, CallbackCommand: 'State.StateChange' }],
    ['CallbackCommand=', { ...STATE, CallbackCommand: 'State.StateChange' }],
    ['src=a&CallbackCommand=Other&CallbackCommand=State.StateChange', STATE],
  ])('of the query %j is read', (query, body) => {
    expect(read(query, {}, body)).toMatchObject({ kind: 'events', command: 'State.StateChange' });
  });

  it.each([
    ['SdkAppid=1', {}],
    ['CallbackCommand=State.StateChange', '[]'],
    ['CallbackCommand=State.StateChange', ''],
    ['CallbackCommand=State.StateChange', 'null'],
    ['CallbackCommand=State.StateChange', '{"a":'],
  ])('of the query %j with the body %j is not understood', (query, body) => {
    expect(read(query, {}, body).kind).toBe('not_understood');
  });

  it('is shown without characters that could not be stored', () => {
    expect(read('CallbackCommand=a%00b%0Ac', {}).command).toBe('a_b_c');
  });
});

describe('authentication', () => {
  const token = 'xxxxyyyy';
  // The example of the vendor's page 1047/34354.
  const sign = '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061';
  const settings = { authToken: token };
  const at = (seconds: number): string => String(RECEIVED_AT.getTime() / 1_000 + seconds);
  const signed = (requestTime: string): string =>
    `CallbackCommand=State.StateChange&Sign=${hash('sha256', token + requestTime, 'hex')}&RequestTime=${requestTime}`;

  it('accepts the example of the vendor’s page', () => {
    const request = {
      ...tencentRequest('State.StateChange', STATE, { Sign: sign, RequestTime: '1669872112' }),
      receivedAt: new Date(1_669_872_112_000),
    };
    expect(tencentAdapter.read(request, settings).kind).toBe('events');
  });

  it.each([
    [signed(at(-60)), 'events'],
    [signed(at(60)), 'events'],
    [signed(at(-30)).replace('Sign', 'SIGN').replace('RequestTime', 'requesttime'), 'events'],
    [signed(at(-61)), 'rejected'],
    [signed(at(61)), 'rejected'],
    [signed('soon'), 'rejected'],
    [signed(at(0)).replace(/Sign=./, 'Sign=g'), 'rejected'],
    [`Sign=${'0'.repeat(64)}&RequestTime=${at(0)}`, 'rejected'],
    [`RequestTime=${at(0)}`, 'rejected'],
    ['', 'rejected'],
  ])('with %s is %s', (query, kind) => {
    expect(read(query, settings).kind).toBe(kind);
  });

  it('is not looked at without a token, and never shows it', () => {
    expect(read('CallbackCommand=State.StateChange&Sign=wrong&RequestTime=1', {}).kind).toBe('events');
    expect(JSON.stringify(read('Sign=wrong&RequestTime=1', settings))).not.toContain(token);
  });

  it.each([
    ['SdkAppid=1400123456&CallbackCommand=State.StateChange', 'events'],
    ['SdkAppid=1400123457&CallbackCommand=State.StateChange', 'rejected'],
    ['CallbackCommand=State.StateChange', 'rejected'],
  ])('of the app of %s is %s', (query, kind) => {
    expect(read(query, { sdkAppId: '1400123456' }).kind).toBe(kind);
  });
});

describe('repetitions', () => {
  const key = (command: string, body: unknown) => tencentEvents(command, body)[0]?.repeat;
  const message = {
    From_Account: 'ann',
    To_Account: 'bob',
    MsgKey: '1_2_3',
    MsgTime: 1_764_489_600,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hi' } }],
  };

  it('of a message are recognised by its id, however far apart', () => {
    const command = 'C2C.CallbackAfterSendMsg';
    expect(key(command, message)).toEqual(key(command, { ...message, UnreadMsgNum: 4 }));
    expect(key(command, message)?.withinMs).toBeNull();
    expect(key(command, message)).not.toEqual(key(command, { ...message, MsgKey: '1_2_4' }));
    expect(key(command, message)).not.toEqual(key(command, { ...message, SendMsgResult: 20_009 }));
  });

  it('of everything else are the same bytes, for 10 s when they name no time', () => {
    expect(key('State.StateChange', STATE)?.withinMs).toBe(10_000);
    expect(key('State.StateChange', { ...STATE, EventTime: 1_764_489_600_000 })?.withinMs).toBeNull();
    expect(key('State.StateChange', STATE)).not.toEqual(key('Some.Other', STATE));
    expect(tencentAdapter.resends).toBe(true);
  });
});

it('lets Tencent go on, and has no answer that would make it try again', () => {
  const request = tencentRequest('C2C.CallbackAfterSendMsg', 'anything');
  expect(tencentAdapter.allow(request)).toEqual(ALLOWED);
  expect(tencentAdapter.unavailable(request)).toEqual(ALLOWED);
  expect(tencentAdapter.allow({ ...request, query: '' })).toEqual(ALLOWED);
});

it('keeps the request and its query whole: a receiver written for Tencent checks Sign itself', () => {
  const request = tencentRequest('State.StateChange', STATE, { Sign: 'abc', RequestTime: '1' });
  expect(tencentAdapter.redact(request)).toEqual(request);
  expect(tencentAdapter.appended(request)).toEqual({ pathSuffix: null, query: request.query });
  expect(tencentAdapter.appended({ ...request, query: '' }).query).toBeNull();
});

it('the snippet says what to enter, without the token', () => {
  const url = 'https://hooks.example.com/in/tencent-im/TOKEN';
  const { snippet, notes, version } = tencentAdapter.snippet(`${url}/`, undefined, {
    sdkAppId: '1400123456',
    authToken: 'very-secret',
  });
  expect(snippet.split('\n').slice(0, 3)).toEqual([`URL: ${url}`, 'SDKAppID: 1400123456', 'Token: ******']);
  expect(snippet).not.toContain('very-secret');
  expect(snippet).toContain('[x] C2C.CallbackAfterSendMsg');
  expect(notes.every(({ en, zh }) => en !== '' && zh !== '')).toBe(true);
  expect(version).toBe('current');
});

it.each([
  [undefined, 'events', 'message.sent'],
  ['C2C.CallbackAfterSendMsg', 'events', 'message.sent'],
  ['Group.CallbackAfterSendMsg', 'events', 'message.sent'],
  ['State.StateChange', 'events', 'user.online'],
  ['C2C.CallbackBeforeSendMsg', 'before', 'message.sent'],
])('the sample %s passes its own checks and is %s of %s', (command, kind, event) => {
  const settings = { sdkAppId: '1400123456', authToken: 'secret' };
  const request = tencentAdapter.sample(command, settings, RECEIVED_AT);
  const reading = request && tencentAdapter.read(request, settings);
  expect(reading?.kind).toBe(kind);
  expect(reading && eventsOf(reading)).toEqual([event]);
});

it('there is no sample of another command', () => {
  expect(tencentAdapter.sample('toString', {}, RECEIVED_AT)).toBeNull();
});
