/**
 * Says what to enter in Tencent's console: https://cloud.tencent.com/document/product/269/32431,
 * https://www.tencentcloud.com/document/product/1047/34520
 */
import type { SourceSnippet } from '@im/contracts/api/sources';
import { SOURCE_VERSIONS } from '@im/contracts/api/source-constants';
import type { OpenedSourceSettings } from '../source-kind.js';

const [VERSION] = SOURCE_VERSIONS['tencent-im'];

const NOTES: SourceSnippet['notes'] = [
  {
    en: 'In the Chat console open the app, then Webhook: edit the URL, press Verify, save. It takes effect after about 2 minutes.',
    zh: '在即时通信 IM 控制台进入应用的“回调配置”：编辑回调 URL，单击“校验”，再保存。约 2 分钟后生效。',
  },
  {
    en: 'An app has one webhook URL only. A business server that it points to now becomes a webhook of format "raw" here: it gets the same query and bytes as before.',
    zh: '每个应用只能配置一个回调 URL。原先接收腾讯云请求的业务服务，在本系统中配置为格式 raw 的回调地址即可：收到的查询参数和请求体与之前相同。',
  },
  {
    en: 'Authentication: enter one random token of 32 characters or more (at most 128) here, in the settings of this source, and in the Tencent console. Enable it in the console first, then save it here: from then on requests without a valid Sign are rejected.',
    zh: '鉴权：用同一个随机 Token（至少 32 个、最多 128 个字符），分别填入本来源的设置和腾讯云控制台。请先在控制台开启，再在此保存：此后没有有效 Sign 的请求会被拒绝。',
  },
  {
    en: 'Status, profile and live group presence webhooks also need their switch under Configuration in the console.',
    zh: '在线状态、资料变更、直播群成员在线状态的回调，还需在控制台“功能配置”中打开对应的开关。',
  },
  {
    en: 'Tick a "before" webhook only when a webhook here answers it: Tencent waits for each one, up to 2 s, and then goes on as its console is set (by default the message goes out).',
    zh: '本系统中有回调地址应答前置事件时，才在腾讯云勾选“之前”类回调：腾讯云每次都会等待应答，最长 2 秒，超时后按控制台的策略处理（默认下发消息）。',
  },
  {
    en: '"After" webhooks are sent once by default. Enable the retry after a timeout in the console: repetitions are recognised here.',
    zh: '“之后”类回调默认只发一次。建议在控制台开启超时重试：重复的请求会在此识别。',
  },
  {
    en: 'When the address changes, its port must not be the beginning of the old one or the other way round (443 and 4433).',
    zh: '更换地址时，新旧端口不能互为前缀（例如 443 与 4433）。',
  },
];

export function snippetOf(url: string, { sdkAppId, authToken }: OpenedSourceSettings): SourceSnippet {
  return {
    version: VERSION,
    versions: [...SOURCE_VERSIONS['tencent-im']],
    file: 'Chat console → Webhook / 即时通信 IM 控制台 → 回调配置',
    language: 'text',
    snippet: [
      `URL: ${url.replace(/\/+$/, '')}`,
      `SDKAppID: ${sdkAppId ?? '-'}`,
      `Token: ${authToken ? '******' : '-'}`,
      '',
      ...COMMANDS,
      '',
    ].join('\n'),
    notes: NOTES,
  };
}

/** The ones that most apps want; before-commands are for those who answer them. */
const COMMANDS = [
  '[x] C2C.CallbackAfterSendMsg',
  '[x] C2C.CallbackAfterMsgReport',
  '[x] C2C.CallbackAfterMsgWithDraw',
  '[x] C2C.CallbackAfterModifyMsg',
  '[x] Group.CallbackAfterSendMsg',
  '[x] Group.CallbackAfterRecallMsg',
  '[x] Group.CallbackAfterCreateGroup',
  '[x] Group.CallbackAfterNewMemberJoin',
  '[x] Group.CallbackAfterMemberExit',
  '[x] Group.CallbackAfterGroupInfoChanged',
  '[x] Group.CallbackAfterChangeGroupOwner',
  '[x] Group.CallbackAfterGroupDestroyed',
  '[x] Sns.CallbackFriendAdd',
  '[x] Sns.CallbackFriendDelete',
  '[x] Sns.CallbackBlackListAdd',
  '[x] Sns.CallbackBlackListDelete',
  '[x] State.StateChange',
  '[x] Profile.CallbackPortraitSet',
  '[ ] C2C.CallbackBeforeSendMsg',
  '[ ] Group.CallbackBeforeSendMsg',
  '[ ] Group.CallbackBeforeCreateGroup',
  '[ ] Group.CallbackBeforeApplyJoinGroup',
  '[ ] Group.CallbackBeforeInviteJoinGroup',
  '[ ] Sns.CallbackPrevFriendAdd',
  '[ ] Sns.CallbackPrevFriendResponse',
];
