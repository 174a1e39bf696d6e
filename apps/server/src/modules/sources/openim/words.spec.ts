import { describe, expect, it } from 'vitest';
import { conversationIdOf, conversationTypeOf, platformOf } from './words.js';

describe('the id of a conversation', () => {
  it.each([
    ['a single chat, ids sorted', [1, 'u2', 'u1', ''], 'si_u1_u2'],
    ['a single chat, ids sorted by bytes', [1, 'a', 'B', ''], 'si_B_a'],
    ['ids beyond the basic plane come after all others', [1, '😀', '\uFF5E', ''], 'si_\uFF5E_😀'],
    ['a message to oneself', [1, 'u1', 'u1', ''], 'si_u1_u1'],
    ['a group', [3, 'u1', '', 'g1'], 'sg_g1'],
    ['a group of the older form', [2, 'u1', '', 'g1'], 'g_g1'],
    ['a notification account', [4, 'sys', 'u1', ''], 'sn_sys_u1'],
    ['a single chat without a receiver', [1, 'u1', '', ''], undefined],
    ['a group without an id', [3, 'u1', 'u2', ''], undefined],
    ['an unknown type', [9, 'u1', 'u2', 'g1'], undefined],
    ['a type of another form', ['1', 'u1', 'u2', 'g1'], undefined],
  ] as const)('%s', (_, [session, sender, receiver, group], expected) => {
    expect(conversationIdOf(session, sender, receiver, group)).toBe(expected);
  });
});

describe('the type of a conversation', () => {
  it.each([
    [1, undefined, 'single'],
    [2, undefined, 'group'],
    [3, 'si_u1_u2', 'group'],
    [4, undefined, 'system'],
    [0, 'si_u1_u2', 'single'],
    [undefined, 'sg_g1', 'group'],
    [undefined, 'g_g1', 'group'],
    [undefined, 'sn_sys_u1', 'system'],
    [undefined, 'n_g1', undefined],
    [undefined, 'toString_x', undefined],
    [undefined, 'sg', undefined],
    [undefined, null, undefined],
  ])('%s %s', (session, conversation, expected) => {
    expect(conversationTypeOf(session, conversation)).toBe(expected);
  });
});

describe('a platform', () => {
  it.each([
    [1, 'IOS', 'ios'],
    [8, 'APad', 'android-pad'],
    [11, 'HarmonyOS', 'harmonyos'],
    [12, 'Watch', 'watch'],
    [12, '', '12'],
    [0, '', undefined],
    ['2', '', undefined],
  ])('%s %s', (id, name, expected) => {
    expect(platformOf(id, name)).toBe(expected);
  });
});
