/** Writes and reads the cursor of the list of webhooks: where the page before ended, and in which order. */
import {
  sortOrderSchema,
  webhookSortSchema,
  type SortOrder,
  type WebhookSort,
} from '@im/contracts/api/webhooks';

export interface WebhookOrder {
  sort: WebhookSort;
  order: SortOrder;
}

interface Position {
  key: string;
  webhookId: string;
}

const INSTANT = /^\d{1,18}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The default order: the newest first, names and URLs from A to Z. */
export function defaultOrderOf(sort: WebhookSort): SortOrder {
  return sort === 'name' || sort === 'url' ? 'asc' : 'desc';
}

/** Text that is safe in a URL. */
export function writeCursor({ sort, order }: WebhookOrder, { key, webhookId }: Position): string {
  return Buffer.from(JSON.stringify([sort, order, key, webhookId]), 'utf8').toString('base64url');
}

/** @returns null when it is no cursor of a list in this order */
export function readCursor(cursor: string, wanted: WebhookOrder): Position | null {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [sort, order, key, webhookId] = parts as unknown[];
  if (webhookSortSchema.safeParse(sort).data !== wanted.sort) return null;
  if (sortOrderSchema.safeParse(order).data !== wanted.order) return null;
  if (typeof key !== 'string' || typeof webhookId !== 'string' || !UUID.test(webhookId)) return null;
  const isInstant = wanted.sort === 'createdAt' || wanted.sort === 'updatedAt';
  if (isInstant ? !INSTANT.test(key) : key.includes('\u0000')) return null;
  return { key, webhookId };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
