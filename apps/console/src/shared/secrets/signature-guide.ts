/** Lists what a receiver needs to know of each signature scheme to verify by it. */
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import { bodyHmacHeaders } from '@im/contracts/signature-body-hmac';
import { ROTATION_SIGNATURE_HEADERS, SIGNATURE_HEADERS } from '@im/contracts/signature';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';

export interface SignatureGuide {
  /** The headers that it is verified with. */
  headers: readonly string[];
  /** The header with the result of the formula. */
  result: string;
  formula: string;
  /** Where the signature with the staged key is, and where that with the old one. */
  next: string;
  previous: string;
}

const GUIDES: Record<Exclude<SignatureScheme, 'body-hmac'>, SignatureGuide> = {
  'x-app': {
    headers: Object.values(SIGNATURE_HEADERS),
    result: SIGNATURE_HEADERS.signature,
    formula: String.raw`HMAC-SHA256(key, appKey + "\n" + timestamp + "\n" + nonce + "\n" + sha256hex(body))`,
    next: ROTATION_SIGNATURE_HEADERS.next,
    previous: ROTATION_SIGNATURE_HEADERS.previous,
  },
  'standard-webhooks': {
    headers: Object.values(STANDARD_WEBHOOKS_HEADERS),
    result: STANDARD_WEBHOOKS_HEADERS.signature,
    formula: '"v1," + base64(HMAC-SHA256(key, id + "." + timestamp + "." + body))',
    next: STANDARD_WEBHOOKS_HEADERS.signature,
    previous: STANDARD_WEBHOOKS_HEADERS.signature,
  },
};

/** The signature settings of a webhook, as far as its receivers depend on them. */
export interface SignatureSettings {
  signature: SignatureScheme;
  signaturePrefix: string;
}

/** The scheme of the AppSecret, unless a webhook has another one. */
export const X_APP_GUIDE: SignatureGuide = GUIDES['x-app'];

export function signatureGuideOf({ signature, signaturePrefix }: SignatureSettings): SignatureGuide {
  if (signature !== 'body-hmac') return GUIDES[signature];
  const { signature: result, next, previous } = bodyHmacHeaders(signaturePrefix);
  return { headers: [result], result, formula: '"sha256=" + hex(HMAC-SHA256(key, body))', next, previous };
}
