import { EVENT_NAMES } from '@im/contracts/events/event-list';
import { expect, it } from 'vitest';
import { familyKeyOf, WITHOUT_FAMILY } from '../model/families.js';
import { useFamilyNames } from './use-family-names.js';

it('every family of built-in events has a Chinese name, others are called as they are', () => {
  const { nameOf, patternOf } = useFamilyNames();
  for (const event of EVENT_NAMES) expect(nameOf(familyKeyOf(event))).toMatch(/\p{Script=Han}/u);
  expect([nameOf('order'), patternOf('order')]).toEqual(['order', 'order.*']);
  expect([nameOf(WITHOUT_FAMILY), patternOf(WITHOUT_FAMILY)]).toEqual(['不分族', undefined]);
});
