/** Knows which calls are idempotent, and makes the keys that make others so. */
import type { RouteKey } from '@im/contracts/routes/route-types';

/** What creates something answers the same again for the same `Idempotency-Key`. A test compares it with the routes. */
export const CREATING: readonly RouteKey[] = [
  'POST /apps',
  'POST /api-tokens',
  'POST /event-types',
  'POST /members',
  'POST /notification-channels',
  'POST /tenants',
  'POST /apps/{appKey}/portal-links',
  'POST /apps/{appKey}/sources',
  'POST /apps/{appKey}/tunnels',
  'POST /apps/{appKey}/webhooks',
];
const SUBMITTING: readonly RouteKey[] = ['POST /apps/{appKey}/events', 'POST /apps/{appKey}/events/batch'];

const CREATES: ReadonlySet<string> = new Set(CREATING);
const SUBMITS: ReadonlySet<string> = new Set(SUBMITTING);
const REPEATABLE_METHODS: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);

/** Whether making the call twice has the effect of making it once. */
export function isRepeatable(key: RouteKey): boolean {
  const [method = ''] = key.split(' ');
  return REPEATABLE_METHODS.has(method) || CREATES.has(key) || SUBMITS.has(key);
}

/** @returns undefined: the route takes none */
export function newIdempotencyKey(key: RouteKey): string | undefined {
  return CREATES.has(key) ? crypto.randomUUID() : undefined;
}

/** Gives each event an `id`, which names it for the service: the same one is stored once. */
export function withEventIds(key: RouteKey, body: unknown): unknown {
  if (!SUBMITS.has(key) || typeof body !== 'object' || body === null) return body;
  if (!('events' in body)) return { id: crypto.randomUUID(), ...body };
  const { events } = body;
  return Array.isArray(events)
    ? { ...body, events: events.map((event: object) => ({ id: crypto.randomUUID(), ...event })) }
    : body;
}
