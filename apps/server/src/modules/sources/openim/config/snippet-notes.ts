/** Says what has to be done for a webhooks.yml to take effect, and why it is written as it is. */
import type { SourceSnippet } from '@im/contracts/api/sources';
import type { OpenimVersion } from './keys.js';

type Notes = SourceSnippet['notes'];

const FIRST: Notes = [
  {
    en: 'Replace the whole webhooks.yml by this. Environment variables (IMENV_WEBHOOKS_…) cannot enable an event that is not in the file, and lists in them go wrong: use the file only.',
    zh: '用以上内容替换整个 webhooks.yml。环境变量（IMENV_WEBHOOKS_…）无法启用文件里没有的事件，列表类的值还会出错：请只改文件。',
  },
  {
    en: 'Then restart every OpenIM service. With containers, recreate them (docker compose up -d --force-recreate): a restart alone may keep the old file.',
    zh: '随后重启所有 OpenIM 服务。容器部署请重新创建容器（docker compose up -d --force-recreate）：仅重启可能仍用旧文件。',
  },
  {
    en: 'Give the address by which the OpenIM containers reach this service; 127.0.0.1 is the container itself.',
    zh: '地址必须是 OpenIM 容器能访问到的地址；容器里的 127.0.0.1 是容器自己。',
  },
  {
    en: 'Before-events are off. Enable one only when a webhook answers it: while this service cannot be reached, OpenIM refuses what it asks about. failedContinue has no effect since 3.7.',
    zh: '前置事件默认关闭。只有当某个 webhook 会应答时才启用：本服务无法访问期间，OpenIM 会拒绝被询问的操作。failedContinue 自 3.7 起不起作用。',
  },
];

const MAIN: Notes = [
  {
    en: 'Messages: afterSendSingleMsg and afterSendGroupMsg tell of a message at once, without its seq; afterMsgSaveDB tells of it once it is stored, with its seq. Choose one of the two ways. With both, a message still becomes one event.',
    zh: '消息：afterSendSingleMsg 与 afterSendGroupMsg 立即通知，不带 seq；afterMsgSaveDB 在入库后通知，带 seq。两种方式选一种；都启用时一条消息仍只产生一个事件。',
  },
  {
    en: 'deniedTypes takes numbers only (deniedTypes: [110]). A range as text ("1000-5000", the form of 3.8) stops OpenIM from starting.',
    zh: 'deniedTypes 只能写数字（deniedTypes: [110]）。3.8 的文本区间写法（"1000-5000"）会让 OpenIM 无法启动。',
  },
  {
    en: 'attentionIds is compared with the receiver, which group messages do not have: a list under afterSendGroupMsg suppresses every group message.',
    zh: 'attentionIds 与接收者比较，而群消息没有接收者：在 afterSendGroupMsg 下填写会拦掉所有群消息。',
  },
];

const V38: Notes = [
  {
    en: 'allowedTypes and deniedTypes take texts, ranges too (deniedTypes: ["1000-5000"]). Without that, system notifications come as messages with empty content; here they become system.notification.',
    zh: 'allowedTypes 与 deniedTypes 是文本，可写区间（deniedTypes: ["1000-5000"]）。不写时系统通知会以内容为空的消息到达，在这里成为 system.notification。',
  },
  {
    en: 'attentionIds lists users: with any in it, only messages from or to them are sent.',
    zh: 'attentionIds 填用户 ID：一旦填写，只发送来自或发给这些用户的消息。',
  },
];

const V37: Notes = [
  {
    en: 'Versions 3.4 to 3.6 are configured in config.yaml, under callback: only the address is the same. Their names of commands are understood.',
    zh: '3.4 至 3.6 在 config.yaml 的 callback 下配置：只有地址相同。这些版本的命令名同样可以识别。',
  },
  {
    en: '3.7 does not say when a message was sent: the event has the time of its creation.',
    zh: '3.7 不提供发送时间：事件采用消息的创建时间。',
  },
];

const BY_VERSION: Readonly<Record<OpenimVersion, Notes>> = { main: MAIN, '3.8': V38, '3.7': V37 };

export function notesOf(version: OpenimVersion): Notes {
  return [...FIRST, ...BY_VERSION[version]];
}
