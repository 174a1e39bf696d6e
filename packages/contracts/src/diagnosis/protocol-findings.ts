/** Explains failures of the protocol: client certificates, HTTP/2, TLS, odd headers. */
import type { LocalizedText } from '../events/define.js';
import { joined, type Diagnosis } from './diagnosis.js';
import { targetOf } from './connection-findings.js';
import type { FailedAttempt } from './evidence.js';

const SPEAKS_OF_CERTIFICATE = /(?:required|client).{0,20}certificate|certificate.{0,20}required|客户端证书/i;
/** Statuses with which gateways refuse a request that came without a certificate. */
const CERTIFICATE_STATUSES: ReadonlySet<number> = new Set([400, 401, 403]);

/** @returns null without such a finding, so that the general diagnosis of the class applies */
export function ofProtocol(failure: FailedAttempt): Diagnosis | null {
  const { evidence } = failure;
  if (!evidence) return null;
  const code = evidence.code ?? '';
  if (evidence.answered === 'HTTP/2' || code.includes('NO_APPLICATION_PROTOCOL')) return http2Only(failure);
  if (evidence.answered === 'TLS') return tlsBehindHttp(failure);
  if (evidence.clientCertificate === 'asked' || code.endsWith('CERTIFICATE_REQUIRED')) {
    return { cause: CERTIFICATE_ASKED, advice: SET_CERTIFICATE };
  }
  if (evidence.clientCertificate === 'sent') return { cause: CERTIFICATE_REFUSED, advice: CHECK_CERTIFICATE };
  return evidence.answered ? oddAnswer(evidence.answered) : null;
}

/** An answer may also be the result of a client certificate. */
export function certificateHint({
  evidence,
  responseStatus,
  responseBody,
}: FailedAttempt): LocalizedText | undefined {
  if (!CERTIFICATE_STATUSES.has(responseStatus ?? 0)) return undefined;
  const isSpoken = responseBody !== null && SPEAKS_OF_CERTIFICATE.test(responseBody);
  if (evidence?.clientCertificate === 'sent') return isSpoken ? CHECK_CERTIFICATE : undefined;
  if (evidence?.clientCertificate === 'asked') return joined(CERTIFICATE_ASKED, SET_CERTIFICATE);
  return isSpoken ? SET_CERTIFICATE : undefined;
}

const CERTIFICATE_ASKED: LocalizedText = {
  zh: '接收方在 TLS 握手时要求客户端证书，而这个回调地址没有设置。',
  en: 'In the TLS handshake the receiver asked for a client certificate, and this webhook has none.',
};

const SET_CERTIFICATE: LocalizedText = {
  zh: '向接收方要一份它信任的客户端证书和私钥（PEM），填到回调地址的“客户端证书”里；如果接收方不该要求证书，请在它的网关上关闭双向 TLS。',
  en: 'Get a client certificate and its key (PEM) that the receiver trusts and set them as the webhook’s client certificate; if it should not require one, turn mutual TLS off at its gateway.',
};

const CERTIFICATE_REFUSED: LocalizedText = {
  zh: '接收方在 TLS 握手时要求客户端证书，收到这个回调地址的证书后断开了连接：它多半不接受这份证书。',
  en: 'The receiver asked for a client certificate and broke off after it got this webhook’s: most likely it does not take it.',
};

const CHECK_CERTIFICATE: LocalizedText = {
  zh: '确认回调地址上的客户端证书没有过期、由接收方信任的机构签发，并且附上了中间证书。',
  en: 'Check that the webhook’s client certificate has not expired, that an authority the receiver trusts issued it, and that its intermediates are included.',
};

function http2Only(failure: FailedAttempt): Diagnosis {
  const target = targetOf(failure);
  return {
    cause: {
      zh: `${target} 只接受 HTTP/2，而回调用 HTTP/1.1 发送。`,
      en: `${target} speaks HTTP/2 only, and callbacks are sent with HTTP/1.1.`,
    },
    advice: {
      zh: '让接收方或它的网关同时支持 HTTP/1.1（ALPN 里加上 http/1.1）；如果这是 gRPC 端口，请换成 HTTP 接口的端口。',
      en: 'Let the receiver or its gateway offer HTTP/1.1 as well (http/1.1 in its ALPN list); if this is a port of gRPC, use that of the HTTP API.',
    },
  };
}

function tlsBehindHttp(failure: FailedAttempt): Diagnosis {
  const target = targetOf(failure);
  return {
    cause: {
      zh: `${target} 用 TLS 应答：这个端口提供的是 HTTPS，而回调地址写的是 http。`,
      en: `${target} answered in TLS: the port speaks HTTPS, and the URL says http.`,
    },
    advice: { zh: '把回调地址改成 https。', en: 'Let the URL begin with https.' },
  };
}

/** @param answered version and status */
function oddAnswer(answered: string): Diagnosis {
  return {
    cause: {
      zh: `接收方答复了 ${answered}，但它的响应头无法解析（例如前后矛盾的 Content-Length，或超过 64 KB）。请求多半已经送达。`,
      en: `The receiver answered ${answered}, but its headers cannot be read (a Content-Length that contradicts itself, say, or more than 64 KB). The request most likely arrived.`,
    },
    advice: {
      zh: '用 curl -v 查看接收方的原始响应头，修正后重新投递；检查代理有没有改坏响应头。按 callbackId 去重，因为系统会重发。',
      en: 'Look at the raw response headers with curl -v, mend them and redeliver; check that no proxy damages them. Drop duplicates by callbackId, because it is sent again.',
    },
  };
}
