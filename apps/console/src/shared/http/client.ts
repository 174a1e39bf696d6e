/** Sends requests to the API with the one axios client, and converts every failure to an {@link ApiError}. */
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/access-constants';
import type { ErrorCode } from '@im/contracts/problem';
import { addressOf } from './service-address.js';
import { ApiError, isProblem, parseRetryAfter } from './api-error.js';

/** The server refuses everything with these until the member has completed a step. */
const CODES_OF_STEPS: readonly string[] = [
  'password_change_required',
  'second_factor_setup_required',
] satisfies ErrorCode[];

/** Longer than the longest test send (a webhook may take 60 s to answer). */
const TIMEOUT_MS = 75_000;

const client = axios.create({
  baseURL: addressOf('/api/v1'),
  timeout: TIMEOUT_MS,
  headers: { Accept: 'application/json', [CSRF_HEADER]: CSRF_HEADER_VALUE },
});

/** @param token of a portal link, in place of a session; in memory only, so that it works in frames */
export function sendAccessToken(token: string | null): void {
  client.defaults.headers.common.Authorization = token === null ? null : `Bearer ${token}`;
}

let whenSessionEnds: () => void = () => undefined;
let whenStepIsDue: () => void = () => undefined;

/** Registers what happens when the server no longer knows the session. */
export function onSessionEnd(listener: () => void): void {
  whenSessionEnds = listener;
}

/** Registers what happens when the server asks for a new password or a second factor before anything else. */
export function onStepDue(listener: () => void): void {
  whenStepIsDue = listener;
}

/** @throws ApiError for every failure, except a canceled request, which rejects with axios's error */
export async function send(config: AxiosRequestConfig): Promise<unknown> {
  let response: AxiosResponse<unknown>;
  try {
    response = await client.request<unknown>(config);
  } catch (error) {
    if (axios.isCancel(error)) throw error;
    const apiError = toApiError(error);
    if (apiError.code === 'unauthenticated') whenSessionEnds();
    if (CODES_OF_STEPS.includes(apiError.code)) whenStepIsDue();
    throw apiError;
  }
  if (isAnswer(response)) return response.data;
  throw new ApiError({ code: 'unexpected_response', status: response.status });
}

/** A proxy may answer 200 with its own page; only JSON (or nothing at all) is ours. */
function isAnswer(response: AxiosResponse<unknown>): boolean {
  return response.status === 204 || typeof response.data === 'object';
}

function toApiError(error: unknown): ApiError {
  if (!axios.isAxiosError(error)) throw error;
  const { response } = error;
  if (!response) {
    const isTimeout = error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT';
    return new ApiError({ code: isTimeout ? 'timed_out' : 'network_unreachable', status: 0 });
  }
  const body: unknown = response.data;
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now());
  if (!isProblem(body)) {
    return new ApiError({ code: 'unexpected_response', status: response.status, retryAfterMs });
  }
  return new ApiError({
    code: body.code,
    status: response.status,
    detail: body.detail,
    errors: body.errors ?? [],
    requestId: body.requestId,
    path: error.config?.url,
    retryAfterMs,
  });
}
