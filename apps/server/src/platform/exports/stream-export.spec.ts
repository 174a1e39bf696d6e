import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Page } from '@im/contracts/api/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../clock/clock.js';
import { Logger } from '../logging/logger.js';
import { StreamExportService } from './stream-export.service.js';

type Row = Record<string, unknown>;

const MINUTE_MS = 60_000;

let exports: StreamExportService;
let opened: Readable[];

beforeEach(() => {
  exports = new StreamExportService(new SystemClock(), new Logger('silent'));
  opened = [];
});

afterEach(() => {
  vi.useRealTimers();
  for (const stream of opened) stream.destroy();
});

async function open(
  tenantId = 'tenant',
  readPage: (cursor?: string) => Promise<Page<Row>> = () => Promise.resolve(pageOf('short', null)),
  recheckReader: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Readable> {
  const given = {
    ...{ tenantId, name: 'rows', columns: ['word'], recheckReader, readPage },
    format: 'ndjson',
  } as const;
  const stream = (await exports.start<Row>(given)).getStream();
  opened.push(stream);
  return stream;
}

function pageOf(word: string, nextCursor: string | null): Page<Row> {
  return { data: [{ word }], page: { nextCursor } };
}

const refused = { code: 'too_many_requests', options: { retryAfterSeconds: 30 } };

describe('open exports', () => {
  it('are three of a tenant at most', async () => {
    const [first] = [await open('a'), await open('a'), await open('a')];
    await expect(open('a')).rejects.toMatchObject(refused);
    await open('b');
    first.destroy();
    await once(first, 'close');
    await open('a');
    await expect(open('a')).rejects.toMatchObject(refused);
  });

  it('are ten of a process at most', async () => {
    for (const tenantId of ['a', 'b', 'c', 'd', 'e']) await Promise.all([open(tenantId), open(tenantId)]);
    await expect(open('f')).rejects.toMatchObject(refused);
  });

  it('are no longer open when they are read to the end, or never began', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect(await text(await open())).toBe('{"word":"short"}\n');
      await expect(open('tenant', () => Promise.reject(new Error('the disk is gone')))).rejects.toThrow(
        'the disk is gone',
      );
    }
  });
});

describe('an export that', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  it('that is never read is aborted after a minute', async () => {
    const stream = await open();
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(stream.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(stream.destroyed).toBe(true);
  });

  it('that is read slowly goes on, until reading stops', async () => {
    const stream = await open('tenant', () => Promise.resolve(pageOf('x'.repeat(1_000_000), 'more')));
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (let count = 0; count < 30; count += 1) {
      const { value } = (await chunks.next()) as { value: Buffer };
      expect(value.length).toBeLessThanOrEqual(65_536);
      vi.advanceTimersByTime(50_000);
    }
    expect(stream.destroyed).toBe(false);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(stream.destroyed).toBe(true);
  });

  it('goes on for longer than its reader is let in is broken off before the next page', async () => {
    let isLetIn = true;
    const stream = await open(
      'tenant',
      () => Promise.resolve(pageOf('short', 'more')),
      () => (isLetIn ? Promise.resolve() : Promise.reject(new Error('logged out'))),
    );
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    await chunks.next();
    isLetIn = false;
    await expect(text(stream)).rejects.toThrow('logged out');
  });

  it('waits for the database is not broken off', async () => {
    let answer: (page: Page<Row>) => void = () => undefined;
    const slow = new Promise<Page<Row>>((resolve) => (answer = resolve));
    let askForMore: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (askForMore = resolve));
    const stream = await open('tenant', (cursor) => {
      if (cursor === undefined) return Promise.resolve(pageOf('a', 'more'));
      askForMore();
      return slow;
    });
    const whole = text(stream);
    await isAsked;
    vi.advanceTimersByTime(10 * MINUTE_MS);
    answer(pageOf('b', null));
    expect(await whole).toBe('{"word":"a"}\n{"word":"b"}\n');
  });
});
