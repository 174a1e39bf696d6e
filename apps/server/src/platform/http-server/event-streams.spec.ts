import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { EventStreams, type EventStream } from './event-streams.js';

const LIMITS = { heartbeatMs: 60_000, maxOpenMs: 60_000, maxUnreadBytes: 10, retryAfterSeconds: 5 };

function streams() {
  const drain = new AbortController();
  const ended = vi.fn();
  const own = new EventStreams(LIMITS, { stopped: drain.signal });
  const open = (appId = 'app'): EventStream => {
    const stream = own.prepare({ appId, mayStay: () => Promise.resolve(true), onEnd: ended });
    own.keepOpen(stream);
    return stream;
  };
  return { open, ended, drain };
}

it('sends what it is given, and nothing after its end', async () => {
  const { open, ended } = streams();
  const stream = open();
  stream.send('one');
  stream.end();
  stream.send('two');
  stream.end();
  expect(await text(stream.readable)).toBe('one');
  expect(ended).toHaveBeenCalledOnce();
});

it('disconnects a reader that is too far behind', async () => {
  const { open, ended } = streams();
  const stream = open();
  for (const sent of ['x'.repeat(11), 'y']) stream.send(sent);
  await once(stream.readable, 'close');
  expect([stream.isOver, stream.unreadBytes]).toEqual([true, 0]);
  expect(ended).toHaveBeenCalledOnce();
});

it('has room for 20 of an app, and again when one of them is gone', async () => {
  const { open } = streams();
  const [first] = Array.from({ length: 20 }, () => open());
  expect(() => open()).toThrow(DomainError);
  open('other').disconnect();
  first?.disconnect();
  if (first) await once(first.readable, 'close');
  open().end();
});

it('ends all of them with the service, also those that are not open yet', async () => {
  const { open, drain, ended } = streams();
  const stream = open();
  drain.abort();
  expect(await text(stream.readable)).toBe('');
  expect(ended).toHaveBeenCalledOnce();
});
