import { Agent, request } from 'undici';

/** Longer than a commit takes, shorter than a process may be suspended. */
const ANSWER_WITHIN_MS = 4_000;
const PAUSE_MS = 200;

export interface PostAnswer {
  /** 0: there was none. */
  status: number;
  /** The request was not accepted by any process, so it certainly had no effect. */
  isUnsent: boolean;
  text: string;
  retryAfterMs: number;
}

const UNSENT_CODES = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);

const agent = new Agent({ connections: 64, connectTimeout: 2_000 });

/** One request, sent once. */
export async function post(url: string, token: string, body: string): Promise<PostAnswer> {
  try {
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      dispatcher: agent,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await answer.text();
    const retryAfter = Number(headers['retry-after']);
    return {
      status: statusCode,
      isUnsent: false,
      text,
      retryAfterMs: retryAfter > 0 ? retryAfter * 1_000 : PAUSE_MS,
    };
  } catch (error) {
    return { status: 0, isUnsent: isUnsent(error), text: String(error), retryAfterMs: PAUSE_MS };
  }
}

function isUnsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNSENT_CODES.has(String(error.code));
}
