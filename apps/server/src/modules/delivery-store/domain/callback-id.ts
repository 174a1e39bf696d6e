/** Computes the id of one event for one webhook. */
import { sha256Hex } from '@im/contracts/signature-node';

const TIMESTAMP_BYTES = 6;

/**
 * Receivers deduplicate by this id. It is computed, so that every delivery of this event for this webhook (planned,
 * redelivered, or replayed long after the rows are gone) has the same id.
 *
 * A UUID of version 8 (RFC 9562, 5.8): the event's 48-bit UUIDv7 timestamp, so that ids sort and index by time, then 74
 * bits of SHA-256 over both ids.
 *
 * @param eventId the event's UUIDv7
 * @param webhookId the webhook's UUID
 * @throws TypeError when one of them is not a UUID
 */
export function callbackIdOf(eventId: string, webhookId: string): string {
  const event = uuidBytes(eventId);
  const digest = sha256Hex(Buffer.concat([event, uuidBytes(webhookId)]));
  const id = Buffer.from(digest.slice(0, 32), 'hex');
  event.copy(id, 0, 0, TIMESTAMP_BYTES);
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x80, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function uuidBytes(uuid: string): Buffer {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new TypeError(`not a UUID: ${uuid}`);
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
