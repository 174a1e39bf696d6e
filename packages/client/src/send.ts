/** Makes one call over HTTP, and retries it when that may help. */
import { ApiError, type Problem } from './api-error.js';
import { retryDelayMs, type RetryLimits } from './retry-delay.js';

export interface Sending extends RetryLimits {
  fetch: typeof fetch;
  /** Of each try. */
  timeoutMs: number;
}

export interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  isRepeatable: boolean;
  signal?: AbortSignal | undefined;
}

interface Failure {
  error: ApiError;
  retryAfter: string | null;
}

/**
 * @returns what the service answered: parsed JSON, or undefined
 * @throws ApiError; the signal's reason when it was aborted
 */
export async function send(request: Request, sending: Sending): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await tryOnce(request, sending);
    if ('answer' in result) return result.answer;
    const { error, retryAfter } = result;
    const { isRepeatable, signal } = request;
    const failed = { attempt, status: error.status, retryAfter, isRepeatable };
    const waitMs = retryDelayMs(failed, sending, Date.now(), Math.random);
    if (waitMs === null) throw error;
    await pause(waitMs, signal);
  }
}

async function tryOnce(request: Request, sending: Sending): Promise<{ answer: unknown } | Failure> {
  const { method, url, headers, body, signal } = request;
  const deadline = AbortSignal.timeout(sending.timeoutMs);
  try {
    const response = await sending.fetch(url, {
      ...{ method, headers, redirect: 'manual' },
      ...(body !== undefined && { body }),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    return await readAnswer(response);
  } catch (error) {
    signal?.throwIfAborted();
    return { error: failureOf(error, url, deadline.aborted ? sending.timeoutMs : null), retryAfter: null };
  }
}

async function readAnswer(response: Response): Promise<{ answer: unknown } | Failure> {
  const text = await response.text();
  if (response.ok) return { answer: text === '' ? undefined : parsed(text, response) };
  return { error: errorOf(response, text), retryAfter: response.headers.get('retry-after') };
}

/** Turns an error response into an ApiError. */
export function errorOf(response: Response, text: string): ApiError {
  const { status, headers } = response;
  const problem = problemOf(text);
  if (problem?.code === undefined) {
    const message = `${response.url} answered ${String(status)}, which is not from this API: is the address right?`;
    return new ApiError('unreadable', status, message);
  }
  const requestId = problem.requestId ?? headers.get('x-request-id') ?? undefined;
  const message = problem.detail ?? problem.title ?? problem.code;
  return new ApiError(problem.code, status, message, {
    ...(requestId !== undefined && { requestId }),
    ...(problem.errors && { errors: problem.errors }),
  });
}

export function failureOf(error: unknown, url: string, timeoutMs: number | null): ApiError {
  if (error instanceof ApiError) return error;
  const { origin } = new URL(url);
  if (timeoutMs !== null) {
    const message = `${origin} did not answer within ${String(timeoutMs)} ms`;
    return new ApiError('timeout', null, message, {}, { cause: error });
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new ApiError('network', null, `${origin} cannot be reached (${code})`, {}, { cause: error });
}

function parsed(text: string, { url, status }: Response): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const message = `${url} answered something that is not JSON: is the address right?`;
    throw new ApiError('unreadable', status, message);
  }
}

function problemOf(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @throws the signal's reason */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
  signal?.throwIfAborted();
}
