import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptSocket } from './kept-socket.js';

const RESET = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

let socket: EventEmitter & { writableLength: number; remoteAddress: string };
let kept: KeptSocket;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  socket = Object.assign(new EventEmitter(), { writableLength: 0, remoteAddress: '192.0.2.1' });
  kept = new KeptSocket(socket as unknown as Socket, 20);
  kept.onRequest();
  kept.onAnswerBytes();
  kept.onRequest();
});
afterEach(() => {
  vi.useRealTimers();
});

function resetAfter(ms: number): void {
  vi.advanceTimersByTime(ms);
  socket.emit('error', RESET);
}

describe('a request over a kept connection that is reset', () => {
  it('at once cannot have been read', () => {
    resetAfter(50);
    expect(kept.isUnread(RESET)).toBe(true);
  });

  it('seconds later may have been read: a balancer passed it on and waited', () => {
    resetAfter(5_000);
    expect(kept.isUnread(RESET)).toBe(false);
  });

  it('seconds later cannot have been read while a part of it was still here', () => {
    socket.writableLength = 1_000;
    resetAfter(5_000);
    expect(kept.isUnread(RESET)).toBe(true);
  });

  it('after it was answered has been read', () => {
    kept.onAnswerBytes();
    resetAfter(50);
    expect(kept.isUnread(RESET)).toBe(false);
  });
});
