import { describe, expect, it } from 'vitest';
import {
  namesOfSet,
  readFilters,
  searchChanges,
  stateChanges,
  stateChoiceOf,
  toDeliveriesQuery,
  withoutFilters,
  type DeliveryFilters,
} from './delivery-filters.js';

const NOW = Date.parse('2026-11-21T08:00:00.000Z');

function filters(overrides: Partial<DeliveryFilters> = {}): DeliveryFilters {
  return { ...withoutFilters(), ...overrides };
}

describe('readFilters', () => {
  it('takes what the API accepts as it is in the URL', () => {
    const inUrl = filters({
      webhookId: '0198c1f2-0000-7000-8000-000000000003',
      status: 'failed',
      event: 'message.sent',
      kind: 'redelivery',
      responseStatus: '500',
      errorClass: 'server_error',
      sourceId: '0198c1f2-0000-7000-8000-000000000002',
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00+08:00',
      callbackId: '0198c1f2-0000-7000-8000-000000000001',
      messageId: 'm 1/2',
      conversationId: '群聊',
      userId: 'u10086',
      q: 'message.',
    });
    expect(readFilters(inUrl)).toEqual(inUrl);
  });

  it.each([
    ['an unknown status', { status: 'broken' }],
    ['an unknown phase', { phase: 'asleep' }],
    ['an unknown kind', { kind: 'after' }],
    ['an unknown error class', { errorClass: 'lost' }],
    ['a response status out of range', { responseStatus: '600' }],
    ['a response status that is no number', { responseStatus: 'abc' }],
    ['a fraction of a response status', { responseStatus: '200.5' }],
    ['a date without a time', { from: '2026-11-20' }],
    ['a callback id that is no UUID', { callbackId: 'abc' }],
    ['an event id that is no UUID', { eventId: '1' }],
    ['a source id that is no UUID', { sourceId: 's1' }],
    ['a message id that is too long', { messageId: 'x'.repeat(201) }],
    ['an unknown range', { range: '1y' }],
    ['the name of something every object has', { range: 'constructor' }],
  ])('leaves out %s', (_, values) => {
    expect(readFilters(filters(values))).toEqual(filters());
  });

  it('lets a preset win over instants', () => {
    const read = readFilters(filters({ range: '24h', from: '2026-11-20T00:00:00Z' }));
    expect(read).toEqual(filters({ range: '24h' }));
  });
});

describe('toDeliveriesQuery', () => {
  it.each([
    ['1h', '2026-11-21T07:00:00.000Z'],
    ['24h', '2026-11-20T08:00:00.000Z'],
    ['7d', '2026-11-14T08:00:00.000Z'],
  ])('asks for deliveries since the beginning of the last %s', (range, from) => {
    expect(toDeliveriesQuery(filters({ range }), NOW)).toMatchObject({ from, to: '' });
  });

  it('never sends the preset itself, which the API does not know', () => {
    expect(toDeliveriesQuery(filters({ range: '1h' }), NOW)).not.toHaveProperty('range');
    expect(toDeliveriesQuery(filters(), NOW)).not.toHaveProperty('range');
  });

  it('asks for the instants as they were chosen', () => {
    const chosen = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T12:00:00.000Z' };
    expect(toDeliveriesQuery(filters(chosen), NOW)).toMatchObject(chosen);
  });
});

describe('searchChanges', () => {
  it('replaces one search with another', () => {
    const searched = {
      ...filters({ callbackId: 'a', status: 'failed' }),
      ...searchChanges('messageId', 'm1'),
    };
    expect(searched).toEqual(filters({ messageId: 'm1', status: 'failed' }));
  });
});

describe('the choice of a state', () => {
  it.each([
    [{ status: '', phase: '' }, ''],
    [{ status: 'failed', phase: '' }, 'failed'],
    [{ status: '', phase: 'held' }, 'pending:held'],
    [{ status: '', phase: 'problem' }, 'pending:problem'],
  ])('of %o is %s, and the other way about', (values, choice) => {
    expect(stateChoiceOf(values)).toBe(choice);
    expect(stateChanges(choice)).toEqual(values);
  });

  it('names a phase although the status says that it is pending', () => {
    expect(stateChoiceOf({ status: 'pending', phase: 'held' })).toBe('pending:held');
  });
});

it('names the filters that are set', () => {
  expect(namesOfSet(filters({ range: '1h', messageId: 'm1', status: 'failed' }))).toEqual([
    'status',
    'messageId',
    'range',
  ]);
});
