/** Masks a callback's URL for people who may not see its tokens, such as support. */
import { looksLikeSecret } from './looks-like-secret.js';

/** Replaces the secret part of a URL. */
export const URL_MASK = '****';

/** After these segments comes a token of any length. */
const BEFORE_TOKENS =
  /^(hooks?|webhooks?(b2|-test)?|incoming|catch|services|workflows|triggers?|key|token|secret)$/i;
/** Hosts whose tokens may look like words, with the segments that are no tokens. */
const KNOWN_HOSTS: readonly (readonly [host: RegExp, words: RegExp])[] = [
  [/^hooks\.zapier\.com$/, /^(hooks|catch|standard|silent)$/],
  [/^hooks\.slack(-gov)?\.com$/, /^(services|workflows|triggers)$/],
  [/^(open\.feishu\.cn|open\.larksuite\.com)$/, /^(open-apis|bot|v\d|hook)$/],
  [/(^|\.)discord(app)?\.com$/, /^(api|v\d+|webhooks|slack|github)$/],
  [/(^|\.)(webhook\.office|outlook\.office(365)?)\.com$/, /^(webhook|webhookb2|IncomingWebhook)$/],
  [/^hook(\.[a-z]{2}\d)?\.(make|integromat)\.com$/, /^$/],
  [/^maker\.ifttt\.com$/, /^(use|trigger|with|key|json)$/],
  [/^api\.telegram\.org$/, /^(sendMessage|sendDocument)$/],
  [/^webhook\.site$/, /^$/],
];

const CREDENTIAL_NAME =
  /key|token|secret|sign|sig$|^sig|pass|pwd|auth|cred|code|hash|session|jwt|ticket|nonce|^(id|k|s|t|p|sk|ak|tk)$/i;
/** Parameters that never contain credentials. */
const HARMLESS_NAME =
  /^(api-?version|channel|charset|debug|dry_?run|encoding|env|environment|event|format|kind|lang|language|locale|mode|page|region|retry|room|size|source|stage|team|timeout|topic|type|v|ver|version|wait)$/i;
const HARMLESS_VALUE = /^([a-z]{1,20}([-_.][a-z]{1,20}){0,3}|v?\d{1,4}(\.\d{1,4}){0,2}|\d{4}-\d{2}-\d{2})?$/i;

/**
 * Masks path segments and query values that look like secrets; of a query every value that is not evidently harmless,
 * and user names, passwords and fragments. A masked part stays as it is.
 *
 * @param url as it is stored; it need not be valid
 */
export function maskCallbackUrl(url: string): string {
  const [, origin = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url) ?? [];
  return (
    origin.replace(/\/\/[^/]*@/, `//${URL_MASK}@`) +
    maskPath(origin, path) +
    (query && `?${query.slice(1).split('&').map(maskParameter).join('&')}`) +
    (fragment.length > 1 ? `#${URL_MASK}` : fragment)
  );
}

/** Whether a URL is one that {@link maskCallbackUrl} made: it must not be saved instead of the whole one. */
export function isMaskedUrl(url: string): boolean {
  return url.includes(URL_MASK);
}

function maskPath(origin: string, path: string): string {
  const host = /\/\/(?:[^/]*@)?([^/:@]*)/.exec(origin)?.[1]?.toLowerCase() ?? '';
  const words = KNOWN_HOSTS.find(([known]) => known.test(host))?.[1];
  let isAfterHook = false;
  return path
    .split('/')
    .map((segment) => {
      const isHidden = words
        ? !words.test(segment)
        : looksLikeSecret(segment) || (isAfterHook && hasDigit(segment));
      isAfterHook ||= BEFORE_TOKENS.test(segment);
      return isHidden && segment !== '' && !segment.includes(URL_MASK) ? URL_MASK : segment;
    })
    .join('/');
}

/** After `/hooks/` a digit makes a token, except in versions and years. */
function hasDigit(segment: string): boolean {
  return /[a-z]/i.test(segment) && /\d/.test(segment) && !/^v\d{1,2}$/i.test(segment);
}

function maskParameter(parameter: string): string {
  if (parameter.includes(URL_MASK)) return parameter;
  const at = parameter.indexOf('=');
  if (at < 0) return looksLikeSecret(parameter) ? URL_MASK : parameter;
  const [name, value] = [parameter.slice(0, at), parameter.slice(at + 1)];
  const shownName = looksLikeSecret(name) ? URL_MASK : name;
  return `${shownName}=${isHarmless(name, value) ? value : URL_MASK}`;
}

function isHarmless(name: string, value: string): boolean {
  if (value === '') return true;
  if (CREDENTIAL_NAME.test(name) || looksLikeSecret(value)) return false;
  if (/^(true|false|yes|no|on|off|\d)$/i.test(value)) return true;
  return HARMLESS_NAME.test(name) && HARMLESS_VALUE.test(value);
}
