/** Makes requests as DooTask sends them, with tokens that are made up. */
import type { OpenedSourceSettings, SourceRequest } from '../source-kind.js';

type Value = string | Record<string, string>;

const USER_AGENT = 'Mozilla/5.0 (Windows NT 6.1; WOW64; rv:9.0.1) Gecko/20100101 Firefox/9.0.1';
const DIALOG = { dialog_id: '12', dialog_type: 'user', group_type: '', dialog_name: 'My bot' };
const GROUP = { dialog_id: '20', dialog_type: 'group', group_type: 'user', dialog_name: '测试群' };
const U1 = { userid: '1', nickname: 'U1', email: 'u1@example.com', bot: '0' };
const U2 = { userid: '2', nickname: 'U2', email: 'u2@example.com', bot: '0' };

const COMMANDS: Readonly<Record<string, (botId: string, now: Date) => Record<string, Value>>> = {
  message,
  dialog_open: () => ({ ...DIALOG, member: U1, operator: U1, event: 'dialog_open' }),
  member_join: () => ({ ...GROUP, member: U2, operator: U1, event: 'member_join' }),
  member_leave: () => ({ ...GROUP, member: U2, operator: U2, event: 'member_leave' }),
};

/** @returns null: DooTask has no such event */
export function sampleOf(
  command = 'message',
  { botId }: OpenedSourceSettings,
  now: Date,
): SourceRequest | null {
  const fieldsOf = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!fieldsOf) return null;
  const body = Buffer.from(writeForm(fieldsOf(botId ?? '9', now)));
  return {
    method: 'POST',
    path: '',
    query: '',
    headers: {
      'user-agent': USER_AGENT,
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    },
    body,
    receivedAt: now,
  };
}

function message(botId: string, now: Date): Record<string, Value> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    event: 'message',
    text: '你好 <b>world</b>',
    token: 'EXAMPLEBOTTOKEN0000000000',
    session_id: '0',
    dialog_id: '12',
    dialog_type: 'user',
    msg_id: String(now.getTime()),
    msg_uid: '1',
    mention: '0',
    bot_uid: botId,
    extras: `{"timestamp":${timestamp}}`,
    version: '1.4.20',
    timestamp,
    msg_user: {
      userid: '1',
      email: 'u1@example.com',
      nickname: 'U1 小明',
      profession: '',
      lang: 'zh',
      token: 'EXAMPLEUSERTOKEN000000000',
    },
  };
}

/** As PHP's `http_build_query`. */
function writeForm(fields: Record<string, Value>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      typeof value === 'string'
        ? [`${encode(name)}=${encode(value)}`]
        : Object.entries(value).map(([key, each]) => `${encode(`${name}[${key}]`)}=${encode(each)}`),
    )
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
