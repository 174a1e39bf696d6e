/** Explains a refused certificate: whose it is, from whom, for which names and until when. */
import { withFindings, type Diagnosis } from './diagnosis.js';
import type { CertificateFacts, FailedAttempt } from './evidence.js';
import { instantText, listText, spanText } from './phrases.js';

export function ofExpiredCertificate({ evidence, endedAtMs }: FailedAttempt, general: Diagnosis): Diagnosis {
  const certificate = evidence?.certificate;
  if (!certificate) return general;
  const { validFrom, validTo } = certificate;
  const isEarly = Date.parse(validFrom) > endedAtMs;
  const span = spanText(endedAtMs - Date.parse(isEarly ? validFrom : validTo));
  const period = `${instantText(validFrom)} – ${instantText(validTo)}`;
  const named = nameOf(certificate);
  if (isEarly) {
    return {
      cause: {
        zh: `证书 ${named} 还要 ${span.zh} 才生效（有效期 ${period}），请求没有发出。`,
        en: `The certificate ${named} becomes valid in ${span.en} only (valid ${period}), so no request went out.`,
      },
      advice: {
        zh: '检查签发证书的机器和本服务的系统时间；时间都正确时，换上已经生效的证书。',
        en: 'Check the clocks of the machine that issued it and of this service; if both are right, install a certificate that is valid already.',
      },
    };
  }
  return {
    cause: {
      zh: `证书 ${named} 在 ${span.zh} 前已经过期（有效期 ${period}），请求没有发出。`,
      en: `The certificate ${named} expired ${span.en} ago (valid ${period}), so no request went out.`,
    },
    advice: general.advice,
  };
}

export function ofCertificateForAnotherHost({ evidence }: FailedAttempt, general: Diagnosis): Diagnosis {
  const certificate = evidence?.certificate;
  if (!certificate) return general;
  const names = certificate.altNames.length > 0 ? certificate.altNames : [certificate.subject];
  return withFindings(general, {
    cause: {
      zh: `需要的域名是 ${evidence.host}，证书上的名字是：${listText(names)}。`,
      en: `The URL asks for ${evidence.host}; the certificate names: ${listText(names)}.`,
    },
    advice: wildcardHint(evidence.host, names),
  });
}

export function ofUntrustedCertificate({ evidence }: FailedAttempt, general: Diagnosis): Diagnosis {
  const certificate = evidence?.certificate;
  if (!certificate) return general;
  const named = nameOf(certificate);
  if (certificate.isSelfSigned) {
    return withFindings(general, {
      cause: { zh: `证书 ${named} 是自签名的。`, en: `The certificate ${named} is self-signed.` },
    });
  }
  const isRootMissing = evidence.code === 'SELF_SIGNED_CERT_IN_CHAIN';
  return withFindings(general, {
    cause: {
      zh: isRootMissing
        ? `证书 ${named} 最终由一个不受信任的私有根证书签发。`
        : `证书 ${named} 的签发者不在接收方发来的证书链里，也不在本服务信任的列表里。`,
      en: isRootMissing
        ? `The certificate ${named} leads to a private root that is not trusted here.`
        : `The issuer of the certificate ${named} was neither sent along nor is it trusted here.`,
    },
  });
}

function nameOf({ subject, issuer }: CertificateFacts): string {
  return `“${subject}” (issuer “${issuer}”)`;
}

/** A wildcard covers one label only, which surprises many. */
function wildcardHint(host: string, names: readonly string[]) {
  const wildcard = names.find((name) => name.startsWith('*.') && host.endsWith(name.slice(1)));
  if (wildcard === undefined) return undefined;
  return {
    zh: `通配符 ${wildcard} 只覆盖一级子域名，不包含 ${host}。`,
    en: `The wildcard ${wildcard} covers one label only, not ${host}.`,
  };
}
