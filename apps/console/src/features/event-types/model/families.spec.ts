import type { EventTypeUsage } from '@im/contracts/api/event-type-usage';
import { describe, expect, it } from 'vitest';
import { familyKeyOf, filterTypes, groupByFamily, WITHOUT_FAMILY } from './families.js';

const type = (name: string, like: Partial<EventTypeUsage> = {}): EventTypeUsage => ({
  ...{ name, origin: 'built_in', overridesBuiltIn: false, description: { zh: '', en: '' } },
  ...{ subscribers: 0, deliveriesLastDay: 0, ...like },
});

describe('event types', () => {
  it.each([
    ['message.sent', 'message'],
    ['orders/create', 'orders'],
    ['a:b.c', 'a'],
    ['pull_request', WITHOUT_FAMILY],
  ])('%s is of the family %j', (name, family) => {
    expect(familyKeyOf(name)).toBe(family);
  });

  it('are grouped by family: built-in ones as tables show them, then own ones by name, then those without', () => {
    const names = [
      'pull_request',
      'order.paid',
      'user.online',
      'article.made',
      'message.zzz',
      'message.sent',
    ];
    const families = groupByFamily(names.map((name) => type(name, { deliveriesLastDay: 2 })));
    expect(families.map(({ key, types }) => [key, types.map(({ name }) => name)])).toEqual([
      ['message', ['message.sent', 'message.zzz']],
      ['user', ['user.online']],
      ['article', ['article.made']],
      ['order', ['order.paid']],
      [WITHOUT_FAMILY, ['pull_request']],
    ]);
    expect(families[0]?.deliveriesLastDay).toBe(4);
  });

  it.each([
    [{ q: '', origin: '' }, ['message.sent', 'order.paid']],
    [{ q: ' ORDER ', origin: '' }, ['order.paid']],
    [{ q: '发送', origin: '' }, ['message.sent']],
    [{ q: 'was sent', origin: 'own' }, []],
    [{ q: '', origin: 'own' }, ['order.paid']],
  ])('are found by %j', (filter, names) => {
    const types = [
      type('message.sent', { description: { zh: '消息发送后', en: 'A message was sent' } }),
      type('order.paid', { origin: 'own' }),
    ];
    expect(filterTypes(types, filter).map(({ name }) => name)).toEqual(names);
  });
});
