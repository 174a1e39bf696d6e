/** Explains the signature of a request, once for each scheme whose headers it has. */
import type { ExplainedSignature } from '@im/contracts/api/signature-explanation';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';
import { bodyHmacHeadersOf, explainBodyHmac } from './explain-body-hmac.js';
import { explainStandardWebhooks } from './explain-standard-webhooks.js';
import { explainXApp, type Question } from './explain-x-app.js';

export function explainSignature(question: Question): ExplainedSignature {
  const has = (names: readonly string[]): boolean =>
    names.some((name) => question.request.headers.has(name.toLowerCase()));
  const isStandard = has(Object.values(STANDARD_WEBHOOKS_HEADERS));
  const bodyHmac = bodyHmacHeadersOf(question.request);
  // With the prefix X-App the scheme body-hmac has a header of that name too.
  const { timestamp, ...xApp } = SIGNATURE_HEADERS;
  const isXApp = has(Object.values(xApp)) || (!bodyHmac && has([timestamp]));
  return {
    schemes: [
      // Without headers of any scheme, those of the service's own scheme are reported as missing.
      ...(isXApp || (!isStandard && !bodyHmac) ? [explainXApp(question)] : []),
      ...(isStandard ? [explainStandardWebhooks(question)] : []),
      ...(bodyHmac ? [explainBodyHmac(question, bodyHmac)] : []),
    ],
  };
}
