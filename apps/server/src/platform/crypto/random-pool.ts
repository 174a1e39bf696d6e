/** Provides random bytes for ids and nonces, fetched from the system in blocks, since each call is expensive. */
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const POOL_BYTES = 4_096;
const UUID_RANDOM_BYTES = 16;
const pool = Buffer.allocUnsafe(POOL_BYTES);
let used = POOL_BYTES;

/** @returns the offset of the next bytes in the pool */
function take(bytes: number): number {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return used - bytes;
}

/** Cryptographically random lower-case hexadecimal digits, two for each byte. */
export function randomHex(bytes: number): string {
  const from = take(bytes);
  return pool.toString('hex', from, from + bytes);
}

let lastMs = -Infinity;
let sequence = 0;

/**
 * A UUID of version 7 (RFC 9562, 5.7): the time in milliseconds, then a sequence that begins at random in each of them, so
 * that ids of this process sort in the order in which they were made, then random bits.
 */
export function uuidV7(): string {
  const from = take(UUID_RANDOM_BYTES);
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // The highest bit stays free, so that the sequence does not overflow within a millisecond.
    sequence = pool.readUInt32BE(from) >>> 1;
  } else if (sequence === 0xffff_ffff) {
    lastMs += 1;
    sequence = 0;
  } else sequence += 1;
  return v7({ random: pool.subarray(from, from + UUID_RANDOM_BYTES), msecs: lastMs, seq: sequence });
}
