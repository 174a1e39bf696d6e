import { expect, it } from 'vitest';
import { nextReminderAt } from './reminders.js';

const AT = new Date('2030-06-15T12:00:00Z');

it.each([
  [60, 0, 60],
  [60, 1, 120],
  [60, 2, 240],
  [60, 4, 960],
  [60, 5, 1_440],
  [60, 32_767, 1_440],
  [5, 0, 5],
  [5, 3, 40],
  [1_440, 0, 1_440],
  [1_440, 1, 1_440],
])('every %i minutes at first, after %i reminders the next comes in %i', (after, reminders, minutes) => {
  expect(nextReminderAt(AT, after, reminders)).toEqual(new Date(AT.getTime() + minutes * 60_000));
});

it('never, when never is what was asked for', () => {
  expect(nextReminderAt(AT, 0, 0)).toBeNull();
});
