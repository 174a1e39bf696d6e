import { describe, expect, it } from 'vitest';
import { EventTraces } from './event-traces.js';

describe('EventTraces', () => {
  it('knows the trace of an event, and nothing of others', () => {
    const traces = new EventTraces();
    traces.remember('event-1', 'trace-1');
    expect(traces.recall('event-1')).toBe('trace-1');
    expect(traces.recall('event-2')).toBeNull();
    expect(traces.of(['event-1', 'event-2'])).toEqual({ 'event-1': 'trace-1' });
  });

  it('returns nothing while tracing is off', () => {
    const traces = new EventTraces();
    traces.remember('event-1', null);
    expect(traces.recall('event-1')).toBeNull();
    expect(traces.of(['event-1'])).toBeUndefined();
  });

  it('drops the oldest entries beyond its limit', () => {
    const traces = new EventTraces();
    for (let index = 0; index <= 50_000; index += 1) traces.remember(`event-${index}`, 'trace');
    expect(traces.recall('event-0')).toBeNull();
    expect(traces.recall('event-1')).toBe('trace');
  });
});
