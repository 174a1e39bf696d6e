/** Explains the signature of a request, once for each scheme whose headers it has. */
import type { ExplainedSignature } from '@im/contracts/api/signature-explanation';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';
import { explainStandardWebhooks } from './explain-standard-webhooks.js';
import { explainXApp, type Question } from './explain-x-app.js';

export function explainSignature(question: Question): ExplainedSignature {
  const has = (names: Readonly<Record<string, string>>): boolean =>
    Object.values(names).some((name) => question.request.headers.has(name.toLowerCase()));
  const isStandard = has(STANDARD_WEBHOOKS_HEADERS);
  return {
    schemes: [
      // Without headers of either scheme, those of the service's own scheme are reported as missing.
      ...(has(SIGNATURE_HEADERS) || !isStandard ? [explainXApp(question)] : []),
      ...(isStandard ? [explainStandardWebhooks(question)] : []),
    ],
  };
}
