/** Reads what a person types to filter the log: `status:failed event:message.* user:u45`, and completes it. */
import {
  DELIVERY_KINDS,
  DELIVERY_PHASE_FILTERS,
  DELIVERY_STATUSES,
  ERROR_CLASSES,
} from '@im/contracts/api/delivery-constants';
import { readFilters, stateChanges, stateChoiceOf, withoutFilters } from './delivery-filters.js';
import type { DeliveryFilters, FilterName } from './delivery-filters.js';

/** What a condition may be called, and what it filters by. */
const KEYS = {
  status: 'status',
  is: 'status',
  event: 'event',
  user: 'userId',
  conversation: 'conversationId',
  message: 'messageId',
  callback: 'callbackId',
  webhook: 'webhookId',
  response: 'responseStatus',
  error: 'errorClass',
  kind: 'kind',
} as const satisfies Record<string, FilterName>;
export type QueryKey = keyof typeof KEYS;
const QUERY_KEYS = Object.keys(KEYS) as QueryKey[];

/** Names of webhooks by id; undefined in the log of one webhook. */
export type WebhookNames = ReadonlyMap<string, string> | undefined;

export interface QueryProblem {
  kind: 'key' | 'value';
  key: string;
  value: string;
}

export interface LogQuery {
  changes: Partial<DeliveryFilters>;
  /** How many conditions have a key that there is. */
  known: number;
  /** The first one that cannot be applied. */
  problem: QueryProblem | undefined;
}

export interface Completion {
  /** The whole text with its last word completed. */
  text: string;
  word: string;
}

const WORDS = /([a-z]+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+)/gi;
const MAX_COMPLETIONS = 8;

export function readLogQuery(text: string, webhooks: WebhookNames): LogQuery {
  const query: LogQuery = { changes: {}, known: 0, problem: undefined };
  const rest: string[] = [];
  for (const [, key, quoted, plain, ...free] of text.matchAll(WORDS)) {
    if (key === undefined) rest.push(free.join(''));
    else addCondition(query, key, quoted ?? plain ?? '', webhooks);
  }
  const search = rest.join(' ').trim();
  return search === '' ? query : { ...query, changes: { ...query.changes, q: search } };
}

function addCondition(query: LogQuery, word: string, value: string, webhooks: WebhookNames): void {
  const key = keysOf(webhooks).find((known) => known === word.toLowerCase());
  if (key === undefined) {
    query.problem ??= { kind: 'key', key: word, value };
    return;
  }
  query.known += 1;
  const changes = changesOf(key, value, webhooks);
  if (changes === undefined) query.problem ??= { kind: 'value', key, value };
  else Object.assign(query.changes, changes);
}

/** Undefined: it cannot have that value. */
function changesOf(
  key: QueryKey,
  value: string,
  webhooks: WebhookNames,
): Partial<DeliveryFilters> | undefined {
  if (key === 'webhook') {
    const webhookId = webhookNamed(value, webhooks);
    return webhookId === undefined ? undefined : { webhookId };
  }
  const isState = KEYS[key] === 'status';
  const phase = DELIVERY_PHASE_FILTERS.find((each) => each === value);
  const isPhase = isState && phase !== undefined;
  const changes = isPhase
    ? stateChanges(stateChoiceOf({ status: '', phase }))
    : isState
      ? stateChanges(value)
      : { [KEYS[key]]: value };
  const name = isPhase ? 'phase' : KEYS[key];
  return readFilters({ ...withoutFilters(), ...changes })[name] === '' ? undefined : changes;
}

/** By its whole name, or by a part that only one has. */
function webhookNamed(text: string, webhooks: WebhookNames): string | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const named = [...(webhooks ?? [])].map(([id, name]) => ({ id, name: name.toLowerCase() }));
  const whole = named.find(({ id, name }) => name === wanted || id === wanted);
  const parts = named.filter(({ name }) => name.includes(wanted));
  return (whole ?? (parts.length === 1 ? parts[0] : undefined))?.id;
}

/** What the last word may become: a key, or a value where there are few. */
export function completionsOf(text: string, webhooks: WebhookNames, events: readonly string[]): Completion[] {
  const [, before = '', last = ''] = /^(.*\s)?(\S*)$/s.exec(text) ?? [];
  if (last === '') return [];
  const [, key, typed = ''] = /^([a-z]+):"?(.*)$/i.exec(last) ?? [];
  const words =
    key === undefined
      ? keysOf(webhooks)
          .filter((known) => known.startsWith(last.toLowerCase()))
          .map((known) => `${known}:`)
      : valuesOf(key.toLowerCase(), webhooks, events)
          .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()) && value !== typed)
          .map((value) => `${key}:${/\s/.test(value) ? `"${value}"` : value}`);
  return words.slice(0, MAX_COMPLETIONS).map((word) => ({ word, text: before + word }));
}

function valuesOf(key: string, webhooks: WebhookNames, events: readonly string[]): readonly string[] {
  switch (key) {
    case 'status':
    case 'is':
      return [...DELIVERY_STATUSES, ...DELIVERY_PHASE_FILTERS];
    case 'kind':
      return DELIVERY_KINDS;
    case 'error':
      return ERROR_CLASSES;
    case 'event':
      return [...new Set(events.map((event) => `${event.split('.')[0] ?? event}.*`)), ...events];
    case 'webhook':
      return [...(webhooks?.values() ?? [])];
    default:
      return [];
  }
}

export function keysOf(webhooks: WebhookNames): QueryKey[] {
  return QUERY_KEYS.filter((key) => key !== 'webhook' || webhooks !== undefined);
}
