import type { EventType } from '@im/contracts/api/event-types';
import { describe, expect, it } from 'vitest';
import {
  copyOf,
  exampleFaultOf,
  formOf,
  freeName,
  nameFaultOf,
  newForm,
  schemaFaultOf,
  toCreateRequest,
  toUpdateRequest,
} from './event-type-form.js';

const eventType: EventType = {
  name: 'message.sent',
  origin: 'built_in',
  overridesBuiltIn: false,
  description: { zh: '消息发送后', en: 'After a message' },
  version: null,
  schema: { type: 'object', properties: { a: { type: 'string' } } },
  example: { a: 'x' },
  ...{ externalId: null, createdAt: null, updatedAt: null, createdBy: null, updatedBy: null },
};

describe('the form of an event type', () => {
  it('begins as a copy under a name that is free, in the same family', () => {
    const taken = new Set(['message.sent.custom']);
    expect(copyOf(eventType, taken)).toMatchObject({
      name: 'message.sent.custom2',
      descriptionZh: '消息发送后',
    });
    expect(toCreateRequest(copyOf(eventType, new Set()))).toEqual({
      name: 'message.sent.custom',
      description: eventType.description,
      schema: eventType.schema,
      example: eventType.example,
    });
    const long = `a.${'b'.repeat(98)}`;
    expect(nameFaultOf({ name: freeName(long, new Set()), overridesBuiltIn: false }, new Set())).toBeNull();
  });

  it('leaves the external id of the original to the original', () => {
    expect(copyOf({ ...eventType, externalId: 'mine' }, new Set()).externalId).toBe('');
    expect(toCreateRequest({ ...newForm(), externalId: 'mine' })).toMatchObject({ externalId: 'mine' });
  });

  it('begins empty with something that can be saved once it has a name', () => {
    const form = { ...newForm(), name: 'order.paid' };
    expect([nameFaultOf(form, new Set()), schemaFaultOf(form.schema), exampleFaultOf(form.example)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['', 'nameRequired'],
    ['order paid', 'nameInvalid'],
    ['order.', 'nameInvalid'],
    ['openim.callback', 'nameReserved'],
    ['test.ping', 'nameReserved'],
    ['order.paid', 'nameTaken'],
    ['message.sent', 'nameBuiltIn'],
    ['orders/create', null],
  ])('has for the name %j the fault %s', (name, fault) => {
    expect(nameFaultOf({ name, overridesBuiltIn: false }, new Set(['order.paid']))).toBe(fault);
  });

  it('takes the name of a built-in one once a person has agreed', () => {
    const form = { ...newForm(), name: 'user.online', overridesBuiltIn: true };
    expect(nameFaultOf(form, new Set())).toBeNull();
    expect(toCreateRequest(form)).toMatchObject({ overridesBuiltIn: true });
    expect(toCreateRequest({ ...form, name: 'order.paid' })).not.toHaveProperty('overridesBuiltIn');
  });

  it.each([
    ['{', 'notJson'],
    ['[]', 'notObject'],
    ['1', 'notObject'],
    [JSON.stringify({ a: 'b'.repeat(32_768) }), 'tooLarge'],
    [`{${' '.repeat(40_000)}}`, null],
  ])('measures the schema as the service does: %.20s', (text, fault) => {
    expect(schemaFaultOf(text)).toBe(fault);
  });

  it('sends what was changed only, numbers as they were written', () => {
    const before = formOf(eventType);
    expect(toUpdateRequest({ ...before, schema: before.schema.replaceAll('\n', ' ') }, before)).toEqual({});
    const request = toUpdateRequest({ ...before, example: '{"id": 12345678901234567890}' }, before);
    expect(JSON.stringify(request)).toBe('{"example":{"id":12345678901234567890}}');
    expect(toUpdateRequest({ ...before, externalId: ' mine ' }, before)).toEqual({ externalId: 'mine' });
    expect(toUpdateRequest(before, { ...before, externalId: 'mine' })).toEqual({ externalId: null });
    expect(toUpdateRequest({ ...before, descriptionEn: 'Else' }, before)).toEqual({
      description: { zh: '消息发送后', en: 'Else' },
    });
  });
});
