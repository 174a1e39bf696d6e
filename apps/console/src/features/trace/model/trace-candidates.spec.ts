import { describe, expect, it } from 'vitest';
import { narrowedTo, traceCandidates } from './trace-candidates.js';

const EVENT = '0198c1f2-7a10-7b3c-8d4e-000000000001';
const CALLBACK = '0198c1f2-7a10-8b3c-8d4e-000000000001';
const FOREIGN = '7f1c1b1e-3a3a-4d0e-9d6a-0f6a5c1b2d3e';

describe('traceCandidates', () => {
  it.each([
    ['digits', '1985214733290471424', ['messageId', 'conversationId', 'userId']],
    ['a conversation by its looks', 'si_100_200', ['conversationId', 'messageId', 'userId']],
    ['an id of version 7', EVENT, ['eventId', 'deliveryId', 'messageId', 'conversationId', 'userId']],
    ['an id of version 8', CALLBACK, ['callbackId', 'messageId', 'conversationId', 'userId']],
    ['a UUID of another system', FOREIGN, ['messageId', 'conversationId', 'userId']],
    ['a line that names the id', `"callbackId": "${CALLBACK}",`, ['callbackId']],
    ['nothing', '  ', []],
    ['more than an id', 'one\ntwo', []],
  ])('of %s, likeliest first', (_, text, keys) => {
    expect(traceCandidates(text).map(({ key }) => key)).toEqual(keys);
  });
});

describe('narrowedTo', () => {
  const candidates = traceCandidates('100');

  it('asks only for what a person chose', () => {
    expect(narrowedTo(candidates, 'userId')).toEqual([{ key: 'userId', id: '100' }]);
  });

  it('asks for all if the id cannot be that', () => {
    expect(narrowedTo(candidates, 'callbackId')).toEqual(candidates);
  });
});
