import { expect, it } from 'vitest';
import { interpretSearch } from './interpret-search.js';

const ID = '019ab2c3-0000-7000-8000-00000000000f';

it.each([
  ['a UUID', ID, { kind: 'ownId', id: ID }],
  ['a UUID in capitals, with spaces around', ` ${ID.toUpperCase()} `, { kind: 'ownId', id: ID }],
  ['the name of an event', 'message.sent', { kind: 'oneOf', column: 'event', values: ['message.sent'] }],
  [
    'a family of events',
    'blacklist.',
    { kind: 'oneOf', column: 'event', values: ['blacklist.added', 'blacklist.removed'] },
  ],
  [
    'a part of an error class',
    'Timeout',
    { kind: 'oneOf', column: 'error_class', values: ['connect_timeout', 'response_timeout'] },
  ],
  ['an id of the IM server', '1985214733290471424', { kind: 'id', id: '1985214733290471424' }],
  ['an id that keeps its capitals', 'User_A', { kind: 'id', id: 'User_A' }],
  ['two letters that many names have', 'me', { kind: 'id', id: 'me' }],
])('takes %s for what it is', (_what, q, meant) => {
  expect(interpretSearch(q)).toEqual(meant);
});
