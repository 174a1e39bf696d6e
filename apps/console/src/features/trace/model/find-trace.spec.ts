import type { TracePage } from '@im/contracts/api/trace';
import { describe, expect, it, vi } from 'vitest';
import { sampleTracedEvent } from '../../../testing/sample-trace.js';
import { findTrace } from './find-trace.js';
import type { TraceCandidate } from './trace-candidates.js';

const CANDIDATES: TraceCandidate[] = [
  { key: 'messageId', id: '1' },
  { key: 'conversationId', id: '1' },
  { key: 'userId', id: '1' },
];
const text = { zh: '没有', en: 'nothing' };

function nothing(code: 'never_received' | 'expired' | 'unknown'): TracePage {
  return { data: [], page: { nextCursor: null }, reason: { code, text } };
}

describe('findTrace', () => {
  it('asks in turn, and no further once something is found', async () => {
    const event = sampleTracedEvent();
    const ask = vi
      .fn()
      .mockResolvedValueOnce(nothing('unknown'))
      .mockResolvedValueOnce({ data: [event], page: { nextCursor: 'next' }, reason: null });
    expect(await findTrace(CANDIDATES, ask)).toEqual({
      asked: CANDIDATES,
      by: CANDIDATES[1],
      events: [event],
      nextCursor: 'next',
      reason: null,
    });
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('says that it is too old rather than that it is not there', async () => {
    const ask = vi
      .fn()
      .mockResolvedValueOnce(nothing('never_received'))
      .mockResolvedValueOnce(nothing('expired'))
      .mockResolvedValueOnce(nothing('never_received'));
    const found = await findTrace(CANDIDATES, ask);
    expect(found.by).toBeUndefined();
    expect(found.reason?.code).toBe('expired');
  });

  it('passes a failure on', async () => {
    const ask = vi.fn().mockRejectedValue(new Error('unreachable'));
    await expect(findTrace(CANDIDATES, ask)).rejects.toThrow('unreachable');
  });
});
