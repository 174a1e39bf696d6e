/**
 * Caches look-ups of host names: addresses for their bounded TTL, failures for a moment; names whose servers do not
 * answer are looked up less and less often.
 */
import type { LookupAddress } from 'node:dns';
import type { LookUpError } from './look-up-error.js';

/** A lower bound of the TTL, so that name servers are not asked at every connection. */
const MIN_KEPT_MS = 5_000;
/** Together with the age of connections it bounds how long an old address is used. */
const MAX_KEPT_MS = 25_000;
const NOT_FOUND_KEPT_MS = 5_000;
const FAILURE_KEPT_MS = 2_000;
/** A failure that took this long counts as no answer. */
const SILENCE_FROM_MS = 1_000;
const FIRST_SILENCE_KEPT_MS = 5_000;
const MAX_SILENCE_KEPT_MS = 30_000;
/** Beyond it the oldest ones are removed. */
const MAX_NAMES = 10_000;

export type Memory =
  | { kind: 'found'; addresses: LookupAddress[]; freshUntil: number }
  | { kind: 'missing'; error: LookUpError; freshUntil: number; silences: number };

export class NameMemory {
  private readonly names = new Map<string, Memory>();

  constructor(private readonly maxNames = MAX_NAMES) {}

  get size(): number {
    return this.names.size;
  }

  /** What need not be looked up again yet. */
  recall(name: string, now: number): Memory | undefined {
    const memory = this.names.get(name);
    return memory && now < memory.freshUntil ? memory : undefined;
  }

  /** It had addresses at its last look-up. */
  isProven(name: string): boolean {
    return this.names.get(name)?.kind === 'found';
  }

  noteFound(name: string, addresses: LookupAddress[], ttlSeconds: number, now: number): void {
    const keptMs = Math.min(MAX_KEPT_MS, Math.max(MIN_KEPT_MS, ttlSeconds * 1_000));
    this.note(name, { kind: 'found', addresses, freshUntil: now + keptMs });
  }

  /** @param tookMs how long the look-up waited for the name servers */
  noteMissing(name: string, error: LookUpError, tookMs: number, now: number): void {
    const before = this.names.get(name);
    const isSilence = error.code !== 'ENOTFOUND' && tookMs >= SILENCE_FROM_MS;
    const silences = isSilence ? (before?.kind === 'missing' ? before.silences : 0) + 1 : 0;
    const keptMs = isSilence
      ? Math.min(MAX_SILENCE_KEPT_MS, FIRST_SILENCE_KEPT_MS * 2 ** (silences - 1))
      : error.code === 'ENOTFOUND'
        ? NOT_FOUND_KEPT_MS
        : FAILURE_KEPT_MS;
    this.note(name, { kind: 'missing', error, freshUntil: now + keptMs, silences });
  }

  private note(name: string, memory: Memory): void {
    this.names.delete(name);
    this.names.set(name, memory);
    if (this.names.size <= this.maxNames) return;
    const [oldest] = this.names.keys();
    if (oldest !== undefined) this.names.delete(oldest);
  }
}
