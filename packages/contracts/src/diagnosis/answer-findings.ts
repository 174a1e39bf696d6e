/** Explains answers that are no success. */
import type { LocalizedText } from '../events/define.js';
import { clockOffsetMs } from './clock-offset.js';
import { joined, withFindings, type Diagnosis } from './diagnosis.js';
import { certificateHint } from './protocol-findings.js';
import type { AttemptEvidence, FailedAttempt } from './evidence.js';
import { bytesText, instantText, snippetOf, spanText } from './phrases.js';
import { maskCallbackUrl } from '../urls/mask-callback-url.js';

const SPEAKS_OF_CLOCK = /time.?stamp|clock|expired|too old|stale|skew|时间|过期/i;
const SPEAKS_OF_SIGNATURE = /signature|hmac|sign|签名|验签/i;

/** Status and the first words of the answer. */
export function answerText({ responseStatus, responseBody, isQuotable }: FailedAttempt): LocalizedText {
  const status = String(responseStatus ?? '-');
  const snippet = responseBody === null || !isQuotable ? '' : snippetOf(responseBody);
  if (snippet === '') return { zh: `状态码 ${status}。`, en: `Its status was ${status}.` };
  return {
    zh: `状态码 ${status}，响应写着：“${snippet}”。`,
    en: `Its status was ${status}; it says “${snippet}”.`,
  };
}

export function ofAnyAnswer(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  return withFindings(general, { cause: answerText(failure), advice: certificateHint(failure) });
}

export function ofRejectedSignature(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { responseHeaders, responseBody, endedAtMs } = failure;
  const offsetMs = clockOffsetMs(responseHeaders, endedAtMs);
  return withFindings(general, {
    cause: joined(answerText(failure), offsetMs === null ? undefined : clockText(offsetMs)),
    advice: certificateHint(failure) ?? gatewayHint(responseHeaders) ?? bodyHint(responseBody, offsetMs),
  });
}

function clockText(offsetMs: number): LocalizedText {
  const off = spanText(offsetMs);
  return {
    zh: `按响应头 Date，接收方的时钟比本服务${offsetMs > 0 ? '快' : '慢'} ${off.zh}。`,
    en: `By the Date header of its answer the receiver’s clock is ${off.en} ${offsetMs > 0 ? 'ahead of' : 'behind'} ours.`,
  };
}

/** Something in front of the receiver's program, unrelated to signatures. */
function gatewayHint(headers: FailedAttempt['responseHeaders']): LocalizedText | undefined {
  const challenge = headers?.['www-authenticate'];
  if (challenge !== undefined) {
    return {
      zh: `响应头 WWW-Authenticate 要求登录（${snippetOf(challenge, 60)}）：先让网关对这个路径免登录，或在自定义请求头里带上凭据。`,
      en: `The header WWW-Authenticate asks for a login (${snippetOf(challenge, 60)}): exempt this path at the gateway, or send the credentials in a custom header.`,
    };
  }
  if (headers?.['cf-ray'] !== undefined) {
    return {
      zh: '答复来自 Cloudflare：很可能是它的机器人防护拦下了请求，请为这个路径加放行规则。',
      en: 'Cloudflare answered: most likely its bot protection stopped the request; add a rule that lets this path through.',
    };
  }
  return undefined;
}

function bodyHint(body: string | null, offsetMs: number | null): LocalizedText | undefined {
  const speaksOfClock = body !== null && SPEAKS_OF_CLOCK.test(body);
  if (offsetMs !== null) {
    return {
      zh: '先校准接收方的时钟（NTP）：时间戳超出允许的 5 分钟就会被拒绝。',
      en: 'Set the receiver’s clock right first (NTP): a timestamp outside the 5 minutes allowed is refused.',
    };
  }
  if (speaksOfClock) {
    return {
      zh: '响应提到了时间：X-App-Timestamp 的单位是毫秒（不是秒），允许相差 5 分钟；请检查接收方的单位换算和时钟。',
      en: 'The answer speaks of time: X-App-Timestamp is in milliseconds, not seconds, and 5 minutes are allowed; check how the receiver reads it, and its clock.',
    };
  }
  if (body !== null && SPEAKS_OF_SIGNATURE.test(body)) {
    return {
      zh: '响应提到了签名：把收到的请求头和请求体贴到“签名调试”，可以看到是哪一部分不同。',
      en: 'The answer speaks of the signature: paste the headers and body received into the signature debugger to see which part differs.',
    };
  }
  return undefined;
}

export function ofMissingPath(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence, responseStatus, responseHeaders } = failure;
  const path = evidence && `POST ${pathToShow(evidence)}`;
  const allowed = responseHeaders?.allow;
  return withFindings(general, {
    cause: joined(
      path ? { zh: `请求的是 ${path}。`, en: `Asked for was ${path}.` } : undefined,
      answerText(failure),
    ),
    advice:
      responseStatus === 405 && allowed !== undefined
        ? {
            zh: `这个路径存在，但只接受 ${snippetOf(allowed, 60)}：为它加上 POST 路由。`,
            en: `The path is there, but takes ${snippetOf(allowed, 60)} only: add a route for POST.`,
          }
        : undefined,
  });
}

export function ofTooLargeBody(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence } = failure;
  const sent = evidence && bytesText(evidence.requestBytes);
  return withFindings(general, {
    cause: joined(
      sent ? { zh: `发送的请求体是 ${sent}。`, en: `The body sent has ${sent}.` } : undefined,
      answerText(failure),
    ),
  });
}

export function ofRateLimit(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const wait = retryAfterText(failure);
  return withFindings(general, { cause: joined(wait, answerText(failure)) });
}

export function ofServerError(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  return withFindings(general, { cause: joined(answerText(failure), retryAfterText(failure)) });
}

/** `Retry-After` as it came, seconds or a date. */
function retryAfterText({ responseHeaders }: FailedAttempt): LocalizedText | undefined {
  const value = responseHeaders?.['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) {
    const wait = spanText(Number(value) * 1_000);
    return {
      zh: `响应头 Retry-After 要求等待 ${wait.zh}。`,
      en: `Its header Retry-After asks to wait ${wait.en}.`,
    };
  }
  const at = Date.parse(value);
  const shown = Number.isNaN(at) ? snippetOf(value, 60) : instantText(at);
  return {
    zh: `响应头 Retry-After 要求等到 ${shown}。`,
    en: `Its header Retry-After asks to wait until ${shown}.`,
  };
}

export function ofRedirect(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { responseHeaders, responseStatus, evidence } = failure;
  const location = responseHeaders?.location;
  if (location === undefined) {
    return withFindings(general, {
      cause: {
        zh: `状态码 ${String(responseStatus)}，没有 Location 响应头。`,
        en: `Its status was ${String(responseStatus)}, without a Location header.`,
      },
    });
  }
  const target = withoutQuery(location);
  return withFindings(general, {
    cause: {
      zh: `状态码 ${String(responseStatus)}，指向 ${target}。`,
      en: `Its status was ${String(responseStatus)}; it points to ${target}.`,
    },
    advice: redirectHint(location, evidence),
  });
}

function redirectHint(location: string, evidence: FailedAttempt['evidence']): LocalizedText | undefined {
  if (/log-?in|sign-?in|sso|oauth|auth\b/i.test(location)) {
    return {
      zh: '它指向登录页：网关要求登录，请让这个路径免登录。',
      en: 'It leads to a login page: a gateway asks for a login; exempt this path.',
    };
  }
  if (!evidence || !URL.canParse(location, `http://${evidence.host}${evidence.path}`)) return undefined;
  const to = new URL(location, `http://${evidence.host}${evidence.path}`);
  if (to.pathname === `${evidence.path}/`) {
    return { zh: '回调地址末尾缺少斜杠。', en: 'The URL lacks a slash at its end.' };
  }
  if (/^https:/i.test(location) && to.hostname === evidence.host && to.pathname === evidence.path) {
    return { zh: '把回调地址的 http 改成 https。', en: 'Let the URL begin with https instead of http.' };
  }
  return undefined;
}

/** A query may contain a secret, of the receiver's or of ours. */
function withoutQuery(location: string): string {
  const [path = ''] = location.split(/[?#]/);
  return snippetOf(path.replace(/\/\/[^/@]*@/, '//'), 200);
}

/** A path may contain a token, which readers of a diagnosis may not see. */
function pathToShow({ host, path }: Pick<AttemptEvidence, 'host' | 'path'>): string {
  const origin = `http://${host}`;
  return maskCallbackUrl(origin + path).slice(origin.length);
}
