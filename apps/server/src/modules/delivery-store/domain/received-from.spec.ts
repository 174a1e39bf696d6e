import { describe, expect, it } from 'vitest';
import { presentReceivedFrom } from './received-from.js';

const SOURCE = { name: '生产', kind: 'openim', isDeleted: false } as const;

describe('who sent an event', () => {
  it.each([
    ['session:admin@example.com', { kind: 'session', name: 'admin@example.com' }],
    ['token:nightly: job', { kind: 'api_token', name: 'nightly: job' }],
    ['app:ak_1', { kind: 'app_signature', name: 'ak_1' }],
    ['test', { kind: 'test', name: null }],
    ['unknown-sender', { kind: 'unknown', name: null }],
    [null, { kind: 'unknown', name: null }],
  ])('%s is read', (receivedFrom, expected) => {
    expect(presentReceivedFrom({ receivedFrom, source: null })).toEqual(expected);
  });

  it.each([
    ['a source', SOURCE, { name: '生产', sourceKind: 'openim', isSourceDeleted: false }],
    [
      'a deleted source',
      { ...SOURCE, isDeleted: true },
      { name: '生产', sourceKind: 'openim', isSourceDeleted: true },
    ],
    ['a source of which nothing is known', null, { name: null }],
  ])('%s is read with its name', (_what, source, expected) => {
    const found = presentReceivedFrom({ receivedFrom: 'source:s1', source });
    expect(found).toEqual({ kind: 'source', sourceId: 's1', ...expected });
  });
});
