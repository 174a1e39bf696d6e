/** Writes the settings of WuKongIM that send its events to a source. */
import { SOURCE_VERSIONS } from '@im/contracts/api/source-constants';
import type { SourceSnippet } from '@im/contracts/api/sources';
import type { OpenedSourceSettings } from '../source-kind.js';

type Note = SourceSnippet['notes'][number];
type Version = (typeof VERSIONS)[number];

const VERSIONS = SOURCE_VERSIONS.wukongim;
const INTERVAL = '  msgNotifyEventPushInterval: 500ms\n';

const RESTART: Note = {
  en: 'Restart WuKongIM afterwards; a container has to be recreated when its environment or mounted file changed.',
  zh: '修改后重启 WuKongIM；若改的是容器的环境变量或挂载文件，需要重新创建容器。',
};
const PUSH: Note = {
  en: 'Pushing to phone makers is the work of your receiver: message.offline names the message and whom it did not reach.',
  zh: '厂商推送由您的接收端完成：message.offline 给出消息以及未送达的用户。',
};
const HISTORY: Note = {
  en: 'What WuKongIM gave up on can only be read from its own history API.',
  zh: 'WuKongIM 放弃投递的内容，只能通过它自己的历史消息接口取回。',
};

const NOTES_V3: readonly Note[] = [
  {
    en: 'queue_size: msg.offline has only queue_size / 256 places per channel, which is 4 by default, so bursts lose offline events whatever is answered. With 65536 there are 256.',
    zh: 'queue_size：每个频道的 msg.offline 只有 queue_size / 256 个位置，默认仅 4 个，突发消息时无论怎样应答都会丢失离线事件；设为 65536 后为 256 个。',
  },
  {
    en: 'Add nothing else: v3 does not start when it finds an unknown key or an unknown WK_… environment variable. If the file has a [webhook] section, put the keys there.',
    zh: '不要添加其他配置：v3 遇到未知的键或未知的 WK_… 环境变量会拒绝启动。文件里已有 [webhook] 段时，把这些键写到该段中。',
  },
  {
    en: 'v3 tries three times within milliseconds and then drops the event: while this service is not reachable, events are lost.',
    zh: 'v3 只在几毫秒内尝试三次，之后丢弃事件：本服务不可达期间的事件会丢失。',
  },
  {
    en: 'focus_events selects events; an empty list sends all of them.',
    zh: 'focus_events 选择要发送的事件；空列表表示全部发送。',
  },
  PUSH,
  HISTORY,
  RESTART,
];

const NOTES_V2: readonly Note[] = [
  {
    en: 'msg.notify is sent in batches, every 500 ms; msgNotifyEventPushInterval sets how often, and with it how late messages arrive here.',
    zh: 'msg.notify 按批发送，默认每 500 毫秒一批；msgNotifyEventPushInterval 决定间隔，也决定消息到达的延迟。',
  },
  {
    en: 'msg.notify is tried five times, a second apart; msg.offline once and never again.',
    zh: 'msg.notify 最多尝试五次，间隔一秒；msg.offline 只尝试一次，不再重发。',
  },
  PUSH,
  HISTORY,
  RESTART,
];

const NOTES_HTTP: readonly Note[] = [
  {
    en: 'The address must end in the token: v2 appends ?event=… as text. It is answered with an empty body, so that v2 keeps its connection; after any other answer it opens a new one for each request. A proxy in between must not fill the body.',
    zh: '地址必须以令牌结尾：v2 直接在后面拼接 ?event=…。应答的正文为空，这样 v2 会复用连接；正文非空时它每次请求都会新建连接。中间的代理不要填充正文。',
  },
];

const NOTES_GRPC: readonly Note[] = [
  {
    en: 'When grpcAddr is set, httpAddr is not used at all. The calls are plaintext and carry no token: the source is found by grpcAddr itself, so give each source a name of its own, keep the port inside your network and list the sender addresses.',
    zh: '设置 grpcAddr 后，httpAddr 完全不再使用。调用为明文且不带令牌：来源由 grpcAddr 本身识别，因此每个来源要用不同的名称，端口只在内网开放，并填写发送方地址。',
  },
  {
    en: 'This service listens for it when WUKONGIM_GRPC_PORT is set.',
    zh: '设置 WUKONGIM_GRPC_PORT 后，本服务才会监听该端口。',
  },
];

export function wukongimSnippet(
  url: string,
  asked: string | undefined,
  { version, grpcAuthority }: OpenedSourceSettings,
): SourceSnippet {
  const chosen = [asked, version].map(knownVersion).find((known) => known !== undefined) ?? VERSIONS[0];
  return { version: chosen, versions: [...VERSIONS], ...settingsOf(chosen, url, grpcAuthority ?? null) };
}

function knownVersion(text: string | undefined): Version | undefined {
  return VERSIONS.find((version) => version === text);
}

function settingsOf(
  version: Version,
  url: string,
  grpcAuthority: string | null,
): Pick<SourceSnippet, 'file' | 'language' | 'snippet' | 'notes'> {
  if (version === 'v3') {
    const snippet = `[webhook]
http_addr = ${JSON.stringify(url)}
focus_events = ["msg.notify", "msg.offline", "user.onlinestatus"]
queue_size = 65536
`;
    return { file: 'wukongim.toml', language: 'toml', snippet, notes: [...NOTES_V3] };
  }
  const address =
    grpcAuthority === null
      ? `  httpAddr: ${JSON.stringify(url)}\n`
      : `  grpcAddr: ${JSON.stringify(grpcAuthority)}\n`;
  const notes = [...(grpcAuthority === null ? NOTES_HTTP : NOTES_GRPC), ...NOTES_V2];
  return { file: 'wk.yaml', language: 'yaml', snippet: `webhook:\n${address}${INTERVAL}`, notes };
}
