import { describe, expect, it } from 'vitest';
import { EVENT_ROWS, groupEvents, visibleEventRows } from './event-options.js';

const names = (search: string, isUnfolded: boolean) =>
  visibleEventRows(search, isUnfolded).map((row) => row.event);

describe('visibleEventRows', () => {
  it('shows the twelve that integrations begin with, before it is unfolded', () => {
    expect(names('', false)).toHaveLength(12);
    expect(names('', false)[0]).toBe('message.sent');
    expect(names('', false).at(-1)).toBe('blacklist.removed');
  });

  it('shows every event once when unfolded, the twelve on top', () => {
    const unfolded = names('', true);
    expect(unfolded.slice(0, 12)).toEqual(names('', false));
    expect(new Set(unfolded).size).toBe(EVENT_ROWS.length);
    expect(unfolded).toHaveLength(EVENT_ROWS.length);
  });

  it.each([
    ['user.online', 'user.online'],
    ['GroupPayload', 'group.created'],
    ['黑名单', 'blacklist.added'],
    ['read receipt', 'message.read'],
  ])('finds %j in names, payloads and both languages, folded or not', (search, event) => {
    expect(names(search, false)).toContain(event);
  });

  it('calls the stored message ImMessageEntity', () => {
    expect(visibleEventRows('message.sent', false)[0]?.payload).toBe('ImMessageEntity');
  });
});

describe('groupEvents', () => {
  it('offers only families of more than one event, wide ones first', () => {
    const group = groupEvents().find((candidate) => candidate.name === 'group');
    const patterns = group?.families.map((family) => family.pattern) ?? [];
    expect(patterns[0]).toBe('group.*');
    expect(patterns).toContain('group.join.request.*');
    expect(group?.families.every((family) => family.eventCount > 1)).toBe(true);
  });

  it('has every event in exactly one group', () => {
    expect(groupEvents().flatMap((group) => group.events)).toHaveLength(EVENT_ROWS.length);
  });
});
