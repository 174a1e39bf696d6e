import { afterEach, describe, expect, it } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { createSimulator, type AnySimulatorOptions } from './create-simulator.js';
import { untilIdle, type SimulatedKind } from './simulator.js';
import { RecordingServer, type Recorded } from './testing/recording-server.js';
import { recordedShape, shapeOf } from './testing/shape.js';
import { WukongimV3Simulator } from './wukongim/v3-simulator.js';

const opened: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const FAST = { notifyEveryMs: 20, statusEveryMs: 20 };
const ANSWERS: Record<SimulatedKind, string> = {
  openim: '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}',
  wukongim: '',
  dootask: '',
  tencent: '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
};

/** What the first `count` messages of a simulated server make it send. */
async function sentBy(
  kind: SimulatedKind,
  count: number,
  options: Omit<AnySimulatorOptions, 'url'> = {},
  path = `/in/${kind}/TOKEN`,
): Promise<Recorded[]> {
  const server = new RecordingServer(() => ({ status: 200, body: ANSWERS[kind] }));
  opened.push(server);
  const simulator = createSimulator(kind, {
    rhythm: FAST,
    ...options,
    url: `${await server.listen()}${path}`,
  });
  opened.push(simulator);
  for (let serial = 0; serial < count; serial++) await simulator.act();
  await untilIdle(simulator);
  expect(simulator.tally.report()).toMatchObject({ dropped: 0, retried: 0, refusals: {} });
  return server.requests;
}

const find = (requests: readonly Recorded[], part: string): Recorded =>
  requests.find(({ target }) => target.includes(part))!;

describe('the form of what is sent', () => {
  it.each<[string, SimulatedKind, string, string, string?]>([
    ['a question of OpenIM', 'openim', 'callbackBeforeSendSingleMsg', 'openim-before-single'],
    ['a message of OpenIM', 'openim', 'callbackAfterSendSingleMsg', 'openim-after-single'],
    ['a message of WuKongIM v3', 'wukongim', 'msg.notify', 'wukongim-v3-notify'],
    ['who missed it, v3', 'wukongim', 'msg.offline', 'wukongim-v3-offline'],
    ['who comes, v3', 'wukongim', 'user.onlinestatus', 'wukongim-v3-status'],
    ['a message of WuKongIM v2', 'wukongim', 'msg.notify', 'wukongim-v2-notify', 'v2'],
    ['who missed it, v2', 'wukongim', 'msg.offline', 'wukongim-v2-offline', 'v2'],
    ['a message of DooTask', 'dootask', '/TOKEN', 'dootask-message'],
  ])('of %s is the recorded one', async (_what, kind, part, recording, version) => {
    const requests = await sentBy(kind, 1, { asksBefore: true, ...(version !== undefined && { version }) });
    expect(shapeOf(find(requests, part))).toEqual(recordedShape(recording));
  });

  it('of a group message of OpenIM is the recorded one but for the mention', async () => {
    const request = find(await sentBy('openim', 4), 'callbackAfterSendGroupMsg');
    const recorded = JSON.stringify(recordedShape('openim-after-group'));
    expect(JSON.stringify(shapeOf(request))).toBe(
      recorded.replace('["atUserList",["string"]]', '["atUserList","null"]'),
    );
  });

  it('of a text that begins with @ is multipart, with the nested names lost', async () => {
    const requests = await sentBy('dootask', 10);
    const strange = requests.find(({ rawHeaders }) => rawHeaders.some((each) => each.includes('boundary')))!;
    expect(shapeOf(strange)).toEqual(recordedShape('dootask-at-sign'));
  });

  it('escapes as Go does, and ends OpenIM bodies with a newline', async () => {
    const [request] = await sentBy('openim', 1);
    const text = request!.body.toString();
    expect(text).toContain('&size=64'.replace('&', '\\u0026'));
    expect(text.endsWith('}\n')).toBe(true);
  });
});

describe('the address', () => {
  it('of OpenIM is joined with the command, slash or not', async () => {
    const [request] = await sentBy('openim', 1, { version: '3.8' }, '/in/openim/TOKEN/');
    expect(request!.target).toBe('/in/openim/TOKEN//callbackAfterSendSingleMsgCommand');
  });

  it('of OpenIM main names sender and receiver in `key`', async () => {
    const [request] = await sentBy('openim', 1);
    const key = new URLSearchParams(request!.target.split('?')[1]).get('key')!;
    expect(JSON.parse(Buffer.from(key, 'base64').toString())).toEqual({
      ...{ sendID: 'u1001', recvID: 'u1002', groupID: '' },
    });
  });

  it.each([
    ['v3', '/in/wukongim/TOKEN?event=msg.notify&src=a+b'],
    ['v2', '/in/wukongim/TOKEN?src=a%20b?event=msg.notify'],
  ])('of WuKongIM %s keeps its query as that version does', async (version, expected) => {
    const requests = await sentBy('wukongim', 1, { version }, '/in/wukongim/TOKEN?src=a%20b');
    expect(requests.map(({ target }) => target)).toContain(expected);
  });

  it('of Tencent Cloud Chat is signed when there is a token', async () => {
    const [before, after] = await sentBy('tencent', 1, { asksBefore: true, sdkAppId: '14', token: 'secret' });
    const query = new URLSearchParams(after!.target.split('?')[1]);
    expect(before!.target).toContain('CallbackCommand=C2C.CallbackBeforeSendMsg');
    expect([...query.keys()]).toEqual([
      ...['SdkAppid', 'CallbackCommand', 'contenttype', 'ClientIP', 'OptPlatform', 'RequestTime', 'Sign'],
    ]);
    expect(query.get('Sign')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('connections', () => {
  it('of DooTask are new for each message', async () => {
    const requests = await sentBy('dootask', 3);
    expect(new Set(requests.map(({ connection }) => connection)).size).toBe(3);
  });

  it('of OpenIM are kept', async () => {
    const requests = await sentBy('openim', 20);
    expect(new Set(requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  });
});

it('recipients beyond 512 come in several requests, full ones compressed', async () => {
  const server = new RecordingServer(() => ({ status: 200, body: '' }));
  opened.push(server);
  const simulator = new WukongimV3Simulator({
    url: await server.listen(),
    groupMembers: 1_101,
    rhythm: FAST,
  });
  opened.push(simulator);
  for (let serial = 0; serial < 4; serial++) await simulator.act();
  await untilIdle(simulator);
  const offline = server.requests.filter(({ body }) => body.includes('"channel_type":2') && body[0] === 0x7b);
  const recipients = offline.map(({ body }) => {
    const { to_uids, compress_to_uids } = JSON.parse(body.toString()) as Record<string, string>;
    if (to_uids !== undefined) return to_uids.length;
    return (JSON.parse(gunzipSync(Buffer.from(compress_to_uids!, 'base64')).toString()) as string[]).length;
  });
  expect(recipients.sort((one, other) => one - other)).toEqual([77, 512, 512]);
  const compressed = offline.find(({ body }) => body.includes('compress'))!;
  expect(shapeOf(compressed)).toEqual(recordedShape('wukongim-v3-offline-gzip'));
});

it('ids of WuKongIM are numbers beyond what a double holds', async () => {
  const request = find(await sentBy('wukongim', 1), 'msg.notify');
  const [, digits, text] = /"message_id":(\d+),"message_idstr":"(\d+)"/.exec(request.body.toString())!;
  expect(digits).toBe(text);
  expect(BigInt(digits!)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
});
