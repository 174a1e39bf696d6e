/** Lists what a receiver needs to know of each signature scheme to verify by it. */
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
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

export const SIGNATURE_GUIDES: Record<SignatureScheme, SignatureGuide> = {
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
