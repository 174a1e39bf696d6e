/** Describes each mistake with signatures: what it is and what to do. */
import type { SignatureFindingCode } from '@im/contracts/api/signature-explanation';
import { spanText } from '@im/contracts/diagnosis/phrases';
import type { LocalizedText } from '@im/contracts/events/define';

/** What a text names. */
export interface FindingContext {
  /** A header, or a key by name. */
  name?: string;
  ms?: number;
  /** What is wrong with a text, such as "begins with a space (U+0020)". */
  fault?: string;
}

type Text = LocalizedText | ((context: Required<FindingContext>) => LocalizedText);

const TEXTS: Readonly<Record<SignatureFindingCode, Text>> = {
  header_missing: ({ name }) => ({
    zh: `缺少请求头 ${name}：确认代理没有丢弃它，也没有把连字符改成下划线。`,
    en: `The header ${name} is missing: make sure that no proxy drops it or writes its hyphens as underscores.`,
  }),
  app_key_wrong: ({ name }) => ({
    zh: `X-App-Key 不是这个应用的 AppKey，应为 ${name}。`,
    en: `X-App-Key is not the AppKey of this app; it should be ${name}.`,
  }),
  app_key_form: {
    zh: 'X-App-Key 前后有空白或大小写不对：必须与 AppKey 完全一致。',
    en: 'X-App-Key has blanks around it or another case: it must be the AppKey exactly.',
  },
  timestamp_form: ({ name }) => ({
    zh: `${name} 不是十进制的 Unix 时间。`,
    en: `${name} is no Unix time in decimal digits.`,
  }),
  timestamp_seconds: {
    zh: 'X-App-Timestamp 是秒，应当是毫秒（13 位数字）。',
    en: 'X-App-Timestamp is in seconds; it has to be milliseconds (13 digits).',
  },
  timestamp_milliseconds: {
    zh: 'webhook-timestamp 是毫秒，应当是秒（10 位数字）。',
    en: 'webhook-timestamp is in milliseconds; it has to be seconds (10 digits).',
  },
  clock_off: ({ ms }) => ({
    zh: `时间戳比服务器时间${ms > 0 ? '快' : '慢'} ${spanText(ms).zh}，超出允许的 5 分钟：如果请求是刚发出的，说明时钟不准（检查 NTP）；如果是旧请求，可以忽略。`,
    en: `The timestamp is ${spanText(ms).en} ${ms > 0 ? 'ahead of' : 'behind'} the server’s clock, more than the 5 minutes allowed: if the request is fresh, a clock is wrong (check NTP); if it is an old one, never mind.`,
  }),
  nonce_form: {
    zh: 'X-App-Nonce 应为 32 位小写十六进制，每个请求都不同。',
    en: 'X-App-Nonce should be 32 lower-case hex digits, new for every request.',
  },
  signature_upper_case: {
    zh: '签名是大写十六进制，应当用小写。',
    en: 'The signature is in upper-case hex; it has to be lower-case.',
  },
  signature_encoding: {
    zh: '签名的编码不对：X-App-Signature 与 …-Signature-256 用小写十六进制，webhook-signature 用带填充的标准 base64。',
    en: 'The signature is encoded another way: X-App-Signature and …-Signature-256 are lower-case hex, webhook-signature is padded standard base64.',
  },
  signature_decorated: {
    zh: '签名值多了或少了前缀、引号或空白：X-App-Signature 只有 64 位十六进制；webhook-signature 的每一项以 v1, 开头；…-Signature-256 以 sha256= 开头。',
    en: 'The signature has a prefix, quotes or blanks too many or too few: X-App-Signature is 64 hex digits alone; each entry of webhook-signature begins with v1, and …-Signature-256 with sha256= .',
  },
  key_other: ({ name }) => ({
    zh: `用错了密钥：这个签名是用 ${name} 做的，不是给出的密钥。回调设置了自己的密钥时用它自己的，否则用 AppSecret。`,
    en: `Another key: the signature was made with ${name}, not with the secret given. A webhook with a secret of its own uses that one, every other the AppSecret.`,
  }),
  key_whitespace: ({ name }) => ({
    zh: `签名时 ${name} 前后带了或少了空格、换行：读取密钥后先去掉首尾空白。`,
    en: `${name} was used with blanks or a line end around it: trim it where it is read.`,
  }),
  key_encoding: ({ name }) => ({
    zh: `${name} 的用法不对：X-App-Signature 直接用密钥文本的 UTF-8 字节，不做 base64 或十六进制解码；webhook-signature 要对 whsec_ 之后的部分做 base64 解码。`,
    en: `${name} was used in another form: for X-App-Signature the key is the UTF-8 of the text as it is, undecoded; for webhook-signature it is the base64 behind whsec_, decoded.`,
  }),
  key_invisible: ({ name, fault }) => ({
    zh: `${name} 里有看不见的字符（${/U\+[0-9A-F]+/.exec(fault)?.[0] ?? fault}），多半是复制时带上的：去掉它，两边才会是同一个密钥。`,
    en: `${name} ${fault}, which is invisible and makes it another key; it was probably copied along: remove it.`,
  }),
  key_prefix: ({ name }) => ({
    zh: `${name} 以 v1, 开头：那是签名的前缀，密钥本身从 whsec_ 开始。`,
    en: `${name} begins with v1, which is the prefix of signatures: the secret itself begins with whsec_.`,
  }),
  key_role: ({ name }) => ({
    zh: `密钥正在轮换：这里用到的是 ${name}。`,
    en: `The secret is being rotated: what fits here is ${name}.`,
  }),
  body_newline: {
    zh: '请求体末尾的换行或换行符（CRLF/LF）被改过：要对收到的原始字节计算摘要。',
    en: 'Line ends of the body were changed (one at the end, or CRLF and LF): take the digest over the raw bytes as received.',
  },
  body_reserialised: {
    zh: '请求体被重新序列化了（键顺序、空格或缩进不同）：先取原始字节验签，再解析 JSON。',
    en: 'The body was serialized again as JSON (other key order, blanks or indents): verify the raw bytes first, parse afterwards.',
  },
  body_escapes: {
    zh: '请求体的转义被改过（\\uXXXX、\\/ 或 HTML 转义）：不要解析后再序列化，直接用原始字节。',
    en: 'Escapes in the body were changed (\\uXXXX, \\/ or HTML escapes): do not parse and serialize it again, use the raw bytes.',
  },
  body_charset: {
    zh: '请求体的字符集被改过（BOM、Latin-1、GBK 等）：按字节处理，编码只用 UTF-8。',
    en: 'The charset of the body was changed (BOM, Latin-1, GBK, …): handle it as bytes, and write UTF-8 only.',
  },
  body_missing: {
    zh: '签名时用的是空请求体：很可能在读取请求体之前就算了摘要，或者流已经被读过一次。',
    en: 'It was signed over an empty body: the digest was taken before the body was read, or its stream had been read already.',
  },
  canonical_separator: {
    zh: '拼接方式不对：各部分之间用一个换行符 \\n（字节 0x0A），末尾没有；webhook-signature 用点号。',
    en: 'The parts are joined another way: they are separated by one line feed \\n (byte 0x0A), with none at the end; webhook-signature uses dots.',
  },
  canonical_timestamp: {
    zh: '被签名的时间戳与请求头里的不同（秒与毫秒）：两处必须是同一个文本。',
    en: 'The timestamp that was signed is not the one in the header (seconds and milliseconds): both have to be the same text.',
  },
  canonical_body: {
    zh: '第四部分应为请求体 SHA-256 的小写十六进制；webhook-signature 与 …-Signature-256 则用请求体本身。',
    en: 'The fourth part has to be the SHA-256 of the body in lower-case hex; webhook-signature and …-Signature-256 take the body itself.',
  },
  canonical_app_key: {
    zh: '被签名的 AppKey 与请求头里的不同：两处必须完全一致。',
    en: 'The AppKey that was signed is not the one in the header: both have to be the same.',
  },
  canonical_order: {
    zh: '各部分的顺序或数量不对：依次为 AppKey、时间戳、随机串、请求体摘要；webhook-signature 依次为 id、时间戳、请求体。',
    en: 'Parts are missing or in another order: AppKey, timestamp, nonce, digest of the body; for webhook-signature id, timestamp, body.',
  },
  nothing_fits: {
    zh: '没有一个密钥与之相符，常见的改动也都不符：要么用的是别的密钥，要么请求体被改动过。对照上面的待签名字符串和请求体摘要，看两边从哪里开始不同。',
    en: 'No key fits, nor does any usual alteration: either another key signed, or the body was changed on its way. Compare the string above and the digest of the body with your own to see where they part.',
  },
};

export function findingText(
  code: SignatureFindingCode,
  { name = '', ms = 0, fault = '' }: FindingContext,
): LocalizedText {
  const text = TEXTS[code];
  return typeof text === 'function' ? text({ name, ms, fault }) : text;
}
