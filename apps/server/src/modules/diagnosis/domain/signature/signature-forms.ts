/** Recognises wrong notations of a right signature. */
import { BODY_HMAC_ALGORITHM } from '@im/contracts/signature-body-hmac';
import type { SignatureForm } from './signed-request.js';

/** During a rotation there are three. */
const MAX_SIGNATURES = 20;

const HEX = /^[0-9a-f]{64}$/i;
/** 32 bytes in base64 or base64url, padded or not. */
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;
const DECORATION = /^(sha-?256=|hmac-?sha-?256[=: ]\s*|v1[,=]|")/i;

/** Of `X-App-Signature`: 64 lower-case hex digits, nothing else. */
export function xAppForms(value: string): SignatureForm[] {
  const bare = undecorated(value, DECORATION);
  const decorated = bare === value ? null : ('signature_decorated' as const);
  if (HEX.test(bare)) {
    const hex = bare.toLowerCase();
    return [{ hex, finding: decorated ?? (hex === bare ? null : 'signature_upper_case') }];
  }
  return BASE64.test(bare) ? [{ hex: hexOf(bare), finding: 'signature_encoding' }] : [];
}

/** Of `webhook-signature`: `v1,` and padded base64, several of them between spaces. */
export function standardWebhooksForms(value: string): SignatureForm[] {
  return value
    .trim()
    .split(/\s+/, MAX_SIGNATURES)
    .flatMap((each): SignatureForm[] => {
      const hasVersion = each.startsWith('v1,');
      const bare = undecorated(each, /^(v1[,=]|sha-?256=|")/i);
      if (HEX.test(bare)) return [{ hex: bare.toLowerCase(), finding: 'signature_encoding' }];
      if (!BASE64.test(bare)) return [];
      const isProper = Buffer.from(bare, 'base64').toString('base64') === bare;
      if (!isProper) return [{ hex: hexOf(bare), finding: 'signature_encoding' }];
      return [{ hex: hexOf(bare), finding: hasVersion ? null : 'signature_decorated' }];
    });
}

/** Of `<prefix>-Signature-256`: `sha256=` and 64 lower-case hex digits. */
export function bodyHmacForms(value: string): SignatureForm[] {
  const bare = undecorated(value, DECORATION);
  if (HEX.test(bare)) {
    const hex = bare.toLowerCase();
    if (value === `${BODY_HMAC_ALGORITHM}${hex}`) return [{ hex, finding: null }];
    return [{ hex, finding: hex === bare ? 'signature_decorated' : 'signature_upper_case' }];
  }
  return BASE64.test(bare) ? [{ hex: hexOf(bare), finding: 'signature_encoding' }] : [];
}

function undecorated(value: string, decoration: RegExp): string {
  return value.trim().replace(decoration, '').replace(/"$/, '');
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
