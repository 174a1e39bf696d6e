import { sha256Hex } from '@im/contracts/signature-node';

/**
 * Names a batch by what is in it, so that the same events sent again come under the same name. A batch of one event is
 * called as that event's callback; any other gets a UUID of version 8 (RFC 9562, 5.8) made of SHA-256 over the callback
 * ids in their order.
 */
export function batchIdOf(callbackIds: readonly [string, ...string[]]): string {
  if (callbackIds.length === 1) return callbackIds[0];
  const id = Buffer.from(sha256Hex(callbackIds.join('\n')).slice(0, 32), 'hex');
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x80, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
