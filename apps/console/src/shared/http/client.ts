/** The only door to the API: one axios client, answers unwrapped, failures turned into {@link ApiError}. */
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import type { Page, Single } from '@im/contracts/api/common';
import { parseExactly } from '@im/contracts/exact-json';
import type { ErrorCode } from '@im/contracts/problem';
import { ApiError, isProblem, parseRetryAfter } from './api-error.js';

// Typed by the contract, not imported from it: that would load zod on the login page.
const csrfHeader: typeof CSRF_HEADER = 'X-Requested-With';
const csrfValue: typeof CSRF_HEADER_VALUE = 'im-console';

/** What the server refuses everything with until the member has taken a step. */
const CODES_OF_STEPS: readonly string[] = [
  'password_change_required',
  'second_factor_setup_required',
] satisfies ErrorCode[];

/** Longer than the longest test send (a webhook may take 60 s to answer). */
const TIMEOUT_MS = 75_000;

export type QueryValue = string | number | boolean | undefined;
export type Query = Record<string, QueryValue>;

export interface CallOptions {
  query?: Query;
  signal?: AbortSignal;
  /** The revision that a change is made for: when somebody was faster, the call fails with `precondition_failed`. */
  ifRevision?: number;
  /** Numbers that no double holds stay as they are in the answer: for payloads, which people compare digit by digit. */
  isExact?: boolean;
}

const client = axios.create({
  baseURL: '/api/v1',
  timeout: TIMEOUT_MS,
  headers: { Accept: 'application/json', [csrfHeader]: csrfValue },
});

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

export async function apiGet<T>(path: string, options: CallOptions = {}): Promise<T> {
  return (await call<Single<T>>({ method: 'get', url: path, ...toConfig(options) })).data;
}

/** A list with its page: `{ data, page: { nextCursor } }`. */
export function apiGetPage<T>(path: string, options: CallOptions = {}): Promise<Page<T>> {
  return call<Page<T>>({ method: 'get', url: path, ...toConfig(options) });
}

export async function apiPost<T>(path: string, body?: object, options: CallOptions = {}): Promise<T> {
  return (await call<Single<T>>({ method: 'post', url: path, data: body ?? {}, ...toConfig(options) })).data;
}

export async function apiPut<T>(path: string, body: object): Promise<T> {
  return (await call<Single<T>>({ method: 'put', url: path, data: body })).data;
}

export async function apiPatch<T>(path: string, body: object, options: CallOptions = {}): Promise<T> {
  return (await call<Single<T>>({ method: 'patch', url: path, data: body, ...toConfig(options) })).data;
}

export async function apiDelete(path: string, options: CallOptions & { body?: object } = {}): Promise<void> {
  const { body, ...rest } = options;
  await call({ method: 'delete', url: path, ...(body && { data: body }), ...toConfig(rest) });
}

/** Builds a path of the API; every parameter is escaped. */
export function apiPath(strings: TemplateStringsArray, ...parameters: string[]): string {
  return String.raw({ raw: strings }, ...parameters.map((parameter) => encodeURIComponent(parameter)));
}

async function call<T>(config: AxiosRequestConfig): Promise<T> {
  let response: AxiosResponse<T>;
  try {
    response = await client.request<T>(config);
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

function toConfig({ query, signal, ifRevision, isExact }: CallOptions): AxiosRequestConfig {
  return {
    ...(query && { params: withoutBlanks(query) }),
    ...(signal && { signal }),
    ...(isExact && { transformResponse: parseAnswer }),
    ...(ifRevision !== undefined && { headers: { 'If-Match': `"${String(ifRevision)}"` } }),
  };
}

/** As axios parses by itself, but for the numbers: what is no JSON stays text. */
function parseAnswer(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return parseExactly(text);
  } catch {
    return text;
  }
}

/** An empty filter is no filter; the server would refuse an empty value. */
function withoutBlanks(query: Query): Query {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
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
