/** Decides as OpenIM does: only the body counts, and everything that is not an object it understands blocks the user. */
import type { Verdict } from '../simulator.js';
import type { WireAnswer } from '../wire-client.js';

const NETWORK_ERROR = 90_004;
const DATA_ERROR = 90_007;

export function openimVerdict(command: string, { text, error, tookMs }: WireAnswer): Verdict {
  if (error !== null) return { command, outcome: 'blocked', code: NETWORK_ERROR, message: error, tookMs };
  const answer = readAnswer(text);
  if (!answer) {
    return { command, outcome: 'blocked', code: DATA_ERROR, message: 'response format error', tookMs };
  }
  const { actionCode, nextCode, errCode, errMsg } = answer;
  const isDenied = actionCode === 0 && nextCode === 1;
  return { command, outcome: isDenied ? 'denied' : 'allowed', code: errCode, message: errMsg, tookMs };
}

interface Answer {
  actionCode: number;
  nextCode: number;
  errCode: number;
  errMsg: string;
}

/** Keys match in any case; a value of another type makes the whole unreadable. `null` leaves everything as it is. */
function readAnswer(text: string): Answer | null {
  const answer: Answer = { actionCode: 0, nextCode: 0, errCode: 0, errMsg: '' };
  const parsed = parse(text);
  if (parsed === null) return answer;
  if (typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  for (const [key, value] of Object.entries(parsed)) {
    if (value === null) continue;
    const name = key.toLowerCase();
    if (name === 'errmsg') {
      if (typeof value !== 'string') return null;
      answer.errMsg = value;
    }
    const code = (['actionCode', 'nextCode', 'errCode'] as const).find((each) => each.toLowerCase() === name);
    if (!code) continue;
    if (!Number.isInteger(value)) return null;
    answer[code] = Number(value);
  }
  return answer;
}

/** Undefined: no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
