/** Explains how a bot of DooTask is pointed at a source. */
import type { SourceSnippet } from '@im/contracts/api/sources';
import { SOURCE_VERSIONS } from '@im/contracts/api/source-constants';

/** DooTask's limit, in bytes. */
const MAX_URL_BYTES = 255;

const NOTES: SourceSnippet['notes'] = [
  {
    en: 'Paste the address into the settings of your bot, field “Webhook URL”; or send `/webhook <bot id> <address>` to the bot manager (机器人管理), who lists your bots at `/list`. Each bot needs a source of its own.',
    zh: '把地址填进机器人设置里的“Webhook 地址”；或者向“机器人管理”发送 `/webhook <机器人 ID> <地址>`（发送 `/list` 可查看自己的机器人）。每个机器人各用一个来源。',
  },
  {
    en: 'Choose the events there: message, dialog_open, member_join, member_leave. Without a choice only messages are sent.',
    zh: '在同一处勾选事件：message、dialog_open、member_join、member_leave。不勾选时只推送消息。',
  },
  {
    en: 'Enter the bot’s id here too: only messages name the bot, the other three events do not.',
    zh: '请在来源设置里填写机器人 ID：只有 message 带机器人 ID，其余三种事件都不带。',
  },
  {
    en: 'DooTask sends each event once and never again, so what arrives while this service is down is lost.',
    zh: 'DooTask 每个事件只推送一次，失败不重试：本服务不可用期间的事件会丢失。',
  },
  {
    en: 'To answer as the bot, add the address of DooTask and the bot’s token to the source. A receiver then answers {"reply":{"text":"…"}}.',
    zh: '要以机器人身份回复，请在来源设置里填写 DooTask 的地址和机器人 Token；接收端应答 {"reply":{"text":"…"}} 即可。',
  },
  {
    en: 'Texts that begin with “/” are commands of DooTask and are not sent; neither are messages of bots.',
    zh: '以“/”开头的文本是 DooTask 的指令，不会推送；机器人发的消息也不会推送。',
  },
];

const TOO_LONG: SourceSnippet['notes'][number] = {
  en: `This address has more than ${String(MAX_URL_BYTES)} bytes, which DooTask refuses: set a shorter PUBLIC_URL.`,
  zh: `此地址超过 ${String(MAX_URL_BYTES)} 字节，DooTask 不接受：请把 PUBLIC_URL 设得短一些。`,
};

export function snippetFor(url: string): SourceSnippet {
  return {
    version: SOURCE_VERSIONS.dootask[0],
    versions: [...SOURCE_VERSIONS.dootask],
    file: 'DooTask: 机器人设置 / bot settings → Webhook URL',
    language: 'text',
    snippet: url,
    notes: Buffer.byteLength(url) > MAX_URL_BYTES ? [TOO_LONG, ...NOTES] : NOTES,
  };
}
