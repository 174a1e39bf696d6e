/** Builds the answer about one signature: parts, findings, verdict and a sentence. */
import type {
  FittingKey,
  SignatureExplanation,
  SignatureFinding,
  SignatureFindingCode,
  SignaturePart,
} from '@im/contracts/api/signature-explanation';
import type { LocalizedText } from '@im/contracts/events/define';
import { findInvisibleInCode } from '@im/contracts/invisible-characters';
import { SIGNATURE_WINDOW_MS } from '@im/contracts/signature';
import type { Match } from './find-match.js';
import { findingText, type FindingContext } from './finding-texts.js';
import type { NamedKey } from './signed-request.js';

type Part = SignaturePart['part'];

/** The part in which a mistake shows. */
const PART_OF: Readonly<Partial<Record<SignatureFindingCode, Part>>> = {
  canonical_separator: 'signature',
  canonical_order: 'signature',
  canonical_timestamp: 'timestamp',
  canonical_body: 'body',
  canonical_app_key: 'appKey',
  nothing_fits: 'signature',
};

/** Mistakes that a verifier tolerates. */
const HARMLESS: ReadonlySet<SignatureFindingCode> = new Set(['clock_off', 'nonce_form', 'key_role']);

export class Findings {
  readonly all: SignatureFinding[] = [];

  add(code: SignatureFindingCode, part?: Part, context: FindingContext = {}): void {
    const where = part ?? PART_OF[code] ?? (code.split('_')[0] as Part);
    if (this.all.some((finding) => finding.code === code && finding.part === where)) return;
    this.all.push({ code, part: where, text: findingText(code, context) });
  }

  /** What a match says of key, message and signature. */
  addMatch(match: Match | undefined, given: NamedKey | undefined): void {
    if (!match) {
      this.add('nothing_fits');
      if (given) this.addInvisible(given);
      return;
    }
    const { key, keyForm, message, signature } = match;
    const { name } = key;
    if (keyForm.finding) this.addInvisible(key);
    if (given && key.owner !== 'given') {
      this.add('key_other', 'key', { name });
      this.addInvisible(given);
    }
    if (keyForm.finding && keyForm.finding !== 'key_invisible') this.add(keyForm.finding, 'key', { name });
    if (key.role === 'next' || key.role === 'previous') this.add('key_role', 'key', { name });
    if (message.finding) this.add(message.finding);
    if (signature.finding) this.add(signature.finding, 'signature');
  }

  /** Names invisible characters in a key. */
  private addInvisible({ key, name }: NamedKey): void {
    const fault = findInvisibleInCode(key);
    if (fault !== undefined) this.add('key_invisible', 'key', { name, fault });
  }

  addClock(offsetMs: number | null): void {
    if (offsetMs !== null && Math.abs(offsetMs) > SIGNATURE_WINDOW_MS) {
      this.add('clock_off', 'timestamp', { ms: offsetMs });
    }
  }

  /** `ok` without findings. */
  statusOf(part: Part, match: Match | undefined): SignaturePart['status'] {
    const findings = this.all.filter((finding) => finding.part === part);
    if (findings.some(({ code }) => code === 'header_missing')) return 'missing';
    if (findings.some(({ code }) => !HARMLESS.has(code))) return 'wrong';
    if (findings.length > 0) return 'warn';
    return match || part === 'timestamp' || part === 'appKey' || part === 'nonce' ? 'ok' : 'unknown';
  }

  get verdict(): SignatureExplanation['verdict'] {
    if (this.all.some(({ code }) => code === 'header_missing')) return 'incomplete';
    return this.all.every(({ code }) => HARMLESS.has(code)) ? 'valid' : 'invalid';
  }

  summary(match: Match | undefined): LocalizedText {
    if (this.verdict !== 'valid') {
      const decisive = this.all.find(({ code }) => !HARMLESS.has(code));
      return decisive?.text ?? { zh: '', en: '' };
    }
    const name = match?.key.name ?? '';
    const stale = this.all.find(({ code }) => code === 'clock_off')?.text;
    return {
      zh: `签名正确，所用密钥：${name}。${stale?.zh ?? ''}`,
      en: `The signature is right, made with ${name}.${stale ? ` ${stale.en}` : ''}`,
    };
  }
}

export function shownKey(match: Match | undefined): FittingKey | null {
  if (!match) return null;
  const { owner, role, webhookId, name } = match.key;
  return { owner, role, webhookId, name };
}

/** The key that was given, to compute what it would have signed. */
export function givenKey(keys: readonly NamedKey[]): NamedKey | undefined {
  return keys.find(({ owner }) => owner === 'given');
}
