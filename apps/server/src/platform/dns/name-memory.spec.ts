import { describe, expect, it } from 'vitest';
import { LookUpError } from './look-up-error.js';
import { NameMemory } from './name-memory.js';

const NAME = 'hooks.example';
const addresses = [{ address: '192.0.2.1', family: 4 }];
const silence = new LookUpError(NAME, 'ETIMEOUT');

/** The first millisecond at which the name is looked up again. */
function keptMs(memory: NameMemory, since: number): number {
  let ms = 0;
  while (memory.recall(NAME, since + ms)) ms += 100;
  return ms;
}

describe('what is known of a name', () => {
  it.each([
    [0, 5_000],
    [5, 5_000],
    [12, 12_000],
    [25, 25_000],
    [86_400, 25_000],
  ])('with a TTL of %i s is kept for %i ms', (ttl, kept) => {
    const memory = new NameMemory();
    memory.noteFound(NAME, addresses, ttl, 1_000);
    expect(memory.recall(NAME, 1_000)).toMatchObject({ kind: 'found', addresses });
    expect(keptMs(memory, 1_000)).toBe(kept);
  });

  it.each([
    ['a name that does not exist', 'ENOTFOUND', 3_000, 5_000],
    ['name servers that fail at once', 'EAI_AGAIN', 10, 2_000],
    ['name servers that fail after a long time', 'EAI_AGAIN', 4_000, 5_000],
    ['silence', 'ETIMEOUT', 5_000, 5_000],
  ] as const)('%s is believed for a moment', (_, code, tookMs, kept) => {
    const memory = new NameMemory();
    const error = new LookUpError(NAME, code);
    memory.noteMissing(NAME, error, tookMs, 0);
    expect(memory.recall(NAME, 0)).toMatchObject({ kind: 'missing', error });
    expect(keptMs(memory, 0)).toBe(kept);
  });

  it('while its servers stay silent it is asked for less and less often, until it is found again', () => {
    const memory = new NameMemory();
    const waits = Array.from({ length: 5 }, () => {
      memory.noteMissing(NAME, silence, 5_000, 0);
      return keptMs(memory, 0);
    });
    expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
    memory.noteFound(NAME, addresses, 60, 0);
    memory.noteMissing(NAME, silence, 5_000, 0);
    expect(keptMs(memory, 0)).toBe(5_000);
  });

  it('is proven by addresses, however old, and not after a failure', () => {
    const memory = new NameMemory();
    expect(memory.isProven(NAME)).toBe(false);
    memory.noteFound(NAME, addresses, 5, 0);
    expect(memory.recall(NAME, 1e9)).toBeUndefined();
    expect(memory.isProven(NAME)).toBe(true);
    memory.noteMissing(NAME, silence, 5_000, 0);
    expect(memory.isProven(NAME)).toBe(false);
  });

  it('is replaced by newer ones beyond a number of names', () => {
    const memory = new NameMemory(3);
    for (const name of ['a', 'b', 'c', 'a', 'd']) memory.noteFound(name, addresses, 5, 0);
    expect(['a', 'b', 'c', 'd'].filter((name) => memory.isProven(name))).toEqual(['a', 'c', 'd']);
    expect(memory.size).toBe(3);
  });
});
