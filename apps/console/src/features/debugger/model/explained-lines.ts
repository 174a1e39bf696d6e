/** Lays out an explained signature as lines: those of the string that is signed, then key and signature. */
import type {
  SignatureExplanation,
  SignatureFinding,
  SignaturePart,
} from '@im/contracts/api/signature-explanation';
import { markDifference, markForbidden, type Segment } from './marked-text.js';

export interface ExplainedLine {
  part: SignaturePart['part'];
  status: SignaturePart['status'];
  /** Which line of the string that is signed; null of key and signature, and where it has no lines. */
  number: number | null;
  /** As it came; empty: it is missing. */
  value: Segment[];
  /** The same line of the string that the person signed, if they gave it. */
  own: Segment[] | null;
  findings: readonly SignatureFinding[];
}

const HEX = /[0-9a-f]/;
const LINES: readonly SignaturePart['part'][] = ['appKey', 'timestamp', 'nonce', 'body'];

/**
 * @param appKey of the app
 * @param ownString the string that the person's code signed; '' for none
 */
export function explainedLines(
  explanation: SignatureExplanation,
  appKey: string,
  ownString: string,
): ExplainedLine[] {
  const hasLines = explanation.scheme === 'x-app';
  const canonical = explanation.canonicalString?.split('\n') ?? [];
  const ownLines = ownString === '' ? null : ownString.split('\n');
  return explanation.parts.map(({ part, status, value }) => {
    const index = hasLines ? LINES.indexOf(part) : -1;
    // Without every header there is no string to sign, but those that came are its lines.
    const ours = canonical[index] ?? value;
    const own = index < 0 || ownLines === null ? null : ownLine(ownLines, index);
    return {
      part,
      status: own !== null && ours !== null && own !== ours ? 'wrong' : status,
      number: index < 0 ? null : index + 1,
      value: value === null ? [] : marked(part, value, explanation, appKey),
      own: own === null ? null : markDifference(own, ours ?? own),
      findings: explanation.findings.filter((finding) => finding.part === part),
    };
  });
}

/** What follows the fourth line belongs to it: usually a line break too many. */
function ownLine(own: readonly string[], index: number): string {
  return index === LINES.length - 1 ? own.slice(index).join('\n') : (own[index] ?? '');
}

function marked(
  part: SignaturePart['part'],
  value: string,
  { expectedSignature, scheme }: SignatureExplanation,
  appKey: string,
): Segment[] {
  if (part === 'appKey') return markDifference(value, appKey);
  if (part === 'timestamp') return markForbidden(value, /\d/);
  if (part === 'nonce') return markForbidden(value, HEX);
  if (part !== 'signature') return markDifference(value, value);
  if (expectedSignature !== null) return markDifference(value, expectedSignature);
  return scheme === 'x-app' ? markForbidden(value, HEX) : markDifference(value, value);
}
