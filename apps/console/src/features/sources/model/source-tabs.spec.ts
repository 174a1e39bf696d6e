import { expect, it } from 'vitest';
import { readTab, tabsOf } from './source-tabs.js';

it('only a DooTask source has a tab to send messages', () => {
  expect(tabsOf('dootask')).toContain('messages');
  expect(tabsOf('openim')).not.toContain('messages');
});

it.each([
  ['openim', 'requests', 'requests'],
  ['openim', 'messages', 'overview'],
  ['dootask', 'messages', 'messages'],
  ['openim', '', 'overview'],
  ['openim', 'other', 'overview'],
] as const)('of %s the address %j opens %s', (kind, text, wanted) => {
  expect(readTab(kind, text)).toBe(wanted);
});
