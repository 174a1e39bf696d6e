import { describe, expect, it } from 'vitest';
import { BodyMemory, type BodyOwner } from './body-memory.js';

const KIB = 1024;
const MAX = 1000 * KIB;

const app = (key: string): BodyOwner => ({ key, isVerified: true });
const address = (key: string): BodyOwner => ({ key, isVerified: false });

/** Bodies by name, and which of them were evicted. */
function memoryWith(bytes: Record<string, [BodyOwner, number]>) {
  const memory = new BodyMemory(MAX);
  const evicted: string[] = [];
  const open = (name: string, owner: BodyOwner) => memory.open(owner, () => evicted.push(name));
  const shares = Object.entries(bytes).map(([name, [owner, size]]) => {
    const share = open(name, owner);
    expect(share.take(size)).toBe(true);
    return share;
  });
  return { open, evicted, shares };
}

describe('the memory of bodies', () => {
  it('refuses what is beyond the bound until others have ended', () => {
    const { open, shares } = memoryWith({
      one: [app('a'), 400 * KIB],
      other: [app('a'), 500 * KIB],
    });
    const late = open('late', app('a'));
    expect(late.take(200 * KIB)).toBe(false);
    shares[0]?.release();
    expect(late.take(200 * KIB)).toBe(true);
  });

  it('counts what came, not what is announced: bodies that send nothing take nothing', () => {
    const { open } = memoryWith({});
    for (let idle = 0; idle < 1000; idle += 1) open(`idle ${String(idle)}`, address('x'));
    expect(open('body', address('y')).take(MAX)).toBe(true);
  });

  it('lets a single body in, however large', () => {
    const { open } = memoryWith({});
    expect(open('huge', app('a')).take(2 * MAX)).toBe(true);
  });

  it('lets small bodies pass where large ones are refused, up to a bound of their own', () => {
    const { open } = memoryWith({ full: [app('a'), MAX] });
    const small = () => open('small', app('a')).take(64 * KIB);
    expect(open('large', app('a')).take(65 * KIB)).toBe(false);
    const passed = Array.from({ length: 20 }, small).filter(Boolean);
    expect(passed).toHaveLength(Math.floor(MAX / (64 * KIB)));
  });

  it('evicts bodies of the sender that has most for one that has less', () => {
    const { open, evicted } = memoryWith({
      little: [app('a'), 100 * KIB],
      much: [app('b'), 500 * KIB],
      more: [app('b'), 400 * KIB],
    });
    expect(open('new', app('c')).take(200 * KIB)).toBe(true);
    expect(evicted).toEqual(['much']);
  });

  it('does not let two senders with the same amount evict each other', () => {
    const { open, evicted } = memoryWith({ one: [app('a'), 500 * KIB], other: [app('b'), 400 * KIB] });
    const next = open('next', app('b'));
    expect(next.take(100 * KIB)).toBe(true);
    expect(next.take(100 * KIB)).toBe(false);
    expect(evicted).toEqual([]);
  });

  it('takes from unauthenticated callers first, and never the other way round', () => {
    const { open, evicted } = memoryWith({
      proven: [app('a'), 800 * KIB],
      unproven: [address('x'), 100 * KIB],
    });
    expect(open('proven too', app('a')).take(150 * KIB)).toBe(true);
    expect(evicted).toEqual(['unproven']);
    expect(open('other unproven', address('y')).take(100 * KIB)).toBe(false);
  });

  it('leaves alone what is here as a whole and waits for its answer', () => {
    const { open, evicted, shares } = memoryWith({ done: [address('x'), MAX] });
    shares[0]?.complete();
    expect(open('new', app('a')).take(100 * KIB)).toBe(false);
    expect(evicted).toEqual([]);
  });

  it('gives nothing more to a body that was evicted', () => {
    const { open, evicted, shares } = memoryWith({ much: [address('x'), MAX] });
    expect(open('new', app('a')).take(100 * KIB)).toBe(true);
    expect(evicted).toEqual(['much']);
    expect(shares[0]?.take(1)).toBe(false);
    shares[0]?.release();
    expect(open('another', app('b')).take(900 * KIB)).toBe(true);
  });
});
