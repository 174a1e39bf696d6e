/** Makes requests as the vendor's pages show them, for tests from the console. */
import type { OpenedSourceSettings, SourceRequest } from '../source-kind.js';
import { signatureOf } from './request-query.js';

/** A made-up app, in the form of the vendor's numbers. */
const SAMPLE_APP = '1400000000';

const MESSAGE = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello from a test' } }];

const BODIES: Readonly<Record<string, (seconds: number) => Record<string, unknown>>> = {
  'C2C.CallbackAfterSendMsg': (seconds) => ({
    ...c2c(seconds),
    SendMsgResult: 0,
    ErrorInfo: 'send msg succeed',
    UnreadMsgNum: 1,
  }),
  'C2C.CallbackBeforeSendMsg': c2c,
  'Group.CallbackAfterSendMsg': (seconds) => ({
    GroupId: '@TGS#2SAMPLE01',
    Type: 'Public',
    From_Account: 'user_a',
    Operator_Account: 'user_a',
    Random: 1_234_567,
    MsgId: `144115233406643804-${String(seconds)}-1234567`,
    MsgSeq: seconds % 1_000_000,
    MsgTime: seconds,
    OnlineOnlyFlag: 0,
    MsgBody: MESSAGE,
    CloudCustomData: '',
  }),
  'State.StateChange': () => ({
    Info: { Action: 'Login', To_Account: 'user_a', Reason: 'Register' },
  }),
};

const DEFAULT_COMMAND = 'C2C.CallbackAfterSendMsg';

export function sampleOf(
  command: string = DEFAULT_COMMAND,
  settings: OpenedSourceSettings,
  now: Date,
): SourceRequest | null {
  const body = Object.hasOwn(BODIES, command) ? BODIES[command] : undefined;
  if (!body) return null;
  const seconds = Math.floor(now.getTime() / 1_000);
  const bytes = Buffer.from(
    JSON.stringify({ CallbackCommand: command, ...body(seconds), EventTime: now.getTime() }),
  );
  return {
    method: 'POST',
    path: '',
    query: queryOf(command, settings, String(seconds)),
    headers: { 'content-type': 'application/json', 'content-length': String(bytes.length) },
    body: bytes,
    receivedAt: now,
  };
}

function c2c(seconds: number): Record<string, unknown> {
  const [seq, random] = [48_374, 2_837_546];
  return {
    From_Account: 'user_a',
    To_Account: 'user_b',
    MsgSeq: seq,
    MsgRandom: random,
    MsgTime: seconds,
    MsgKey: `${String(seq)}_${String(random)}_${String(seconds)}`,
    MsgId: `144115233406643804-${String(seconds)}-${String(random)}`,
    OnlineOnlyFlag: 0,
    MsgBody: MESSAGE,
    CloudCustomData: '',
  };
}

function queryOf(command: string, settings: OpenedSourceSettings, requestTime: string): string {
  const query = new URLSearchParams({
    SdkAppid: settings.sdkAppId ?? SAMPLE_APP,
    CallbackCommand: command,
    contenttype: 'json',
    ClientIP: '127.0.0.1',
    OptPlatform: command === 'State.StateChange' ? 'IOS' : 'iOS',
  });
  if (settings.authToken) {
    query.set('Sign', signatureOf(settings.authToken, requestTime));
    query.set('RequestTime', requestTime);
  }
  return query.toString();
}
