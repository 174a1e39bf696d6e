/**
 * Reads what Tencent appends to the address, and checks that a request is from there:
 * https://www.tencentcloud.com/document/product/1047/34354 (webhook protocol, security considerations) and
 * https://cloud.tencent.com/document/product/269/32431 (a signature is good for a minute).
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { OpenedSourceSettings } from '../source-kind.js';

const MAX_AGE_MS = 60_000;
const MAX_PARAMETER_LENGTH = 200;

export interface TencentQuery {
  sdkAppId?: string;
  command?: string;
  clientIp?: string;
  platform?: string;
  sign?: string;
  requestTime?: string;
}

const PARAMETERS: Readonly<Record<string, keyof TencentQuery | undefined>> = {
  sdkappid: 'sdkAppId',
  callbackcommand: 'command',
  clientip: 'clientIp',
  optplatform: 'platform',
  sign: 'sign',
  requesttime: 'requestTime',
};

/** Names in any case; of a repeated one the last counts, since Tencent appends its own. */
export function readQuery(query: string): TencentQuery {
  const read: TencentQuery = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const lower = name.toLowerCase();
    const parameter = Object.hasOwn(PARAMETERS, lower) ? PARAMETERS[lower] : undefined;
    if (parameter) read[parameter] = value.slice(0, MAX_PARAMETER_LENGTH);
  }
  return read;
}

/** `Sign=sha256(Token RequestTime)`, joined without a character between them, in hex. */
export function signatureOf(authToken: string, requestTime: string): string {
  return hash('sha256', authToken + requestTime, 'hex');
}

/** @returns why it is not from the app it should be from; null: it is, as far as the settings say */
export function rejectionOf(
  { sdkAppId, sign, requestTime }: TencentQuery,
  settings: OpenedSourceSettings,
  receivedAt: Date,
): string | null {
  if (settings.sdkAppId && sdkAppId !== settings.sdkAppId) {
    return sdkAppId === undefined ? 'SdkAppid is missing' : 'SdkAppid is not that of the source';
  }
  if (!settings.authToken) return null;
  if (sign === undefined || requestTime === undefined) {
    return 'Sign or RequestTime is missing: is authentication enabled in the Tencent console?';
  }
  const expected = Buffer.from(signatureOf(settings.authToken, requestTime));
  const given = Buffer.from(sign.toLowerCase());
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return 'Sign is wrong: is the token that of the Tencent console?';
  }
  const age = Math.abs(receivedAt.getTime() - Number(requestTime) * 1_000);
  return age <= MAX_AGE_MS ? null : 'RequestTime is more than a minute off';
}
