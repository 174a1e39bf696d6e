import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackBody } from './unpack-body.js';

const TEXT = 'a body that was packed';
const MAX_BYTES = 1_000;

/** More than the limits of unpacking and waiting together. */
const TOO_MANY = 300;

describe('bodies that come at once', () => {
  it('are unpacked while one owner has few, and shown as they came once too many wait', async () => {
    const packed = gzipSync(TEXT);
    const bodies = await Promise.all(
      Array.from({ length: TOO_MANY }, () => unpackBody(packed, ['gzip'], MAX_BYTES, 'one')),
    );
    const unpacked = bodies.filter(({ bytes }) => bytes.toString() === TEXT);
    const stillPacked = bodies.filter(({ bytes }) => bytes.equals(packed));
    expect(unpacked.length).toBeGreaterThan(0);
    expect(stillPacked.length).toBeGreaterThan(0);
    expect(unpacked.length + stillPacked.length).toBe(TOO_MANY);
  });

  it('leave a permit for the body of another owner', async () => {
    const packed = gzipSync(TEXT);
    const many = Array.from({ length: TOO_MANY }, () => unpackBody(packed, ['gzip'], MAX_BYTES, 'one'));
    const other = await unpackBody(packed, ['gzip'], MAX_BYTES, 'other');
    expect(other.bytes.toString()).toBe(TEXT);
    await Promise.all(many);
  });
});
