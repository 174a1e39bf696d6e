import { describe, expect, it } from 'vitest';
import { compileSchema, findSchemaFaults } from '../../platform/json-schema/compile-schema.js';
import { BUILT_IN_EVENT_TYPES } from './built-in-event-types.js';

describe.each(BUILT_IN_EVENT_TYPES)('the built-in event type $name', ({ schema, example }) => {
  it('can be copied: its schema is one that a tenant may define, and its example fits', () => {
    expect(findSchemaFaults(schema)).toEqual([]);
    expect(compileSchema(schema).check(example, JSON.stringify(example).length)).toEqual([]);
  });

  it('describes each of its fields in both languages', () => {
    const fields = Object.entries(schema.properties as Record<string, unknown>);
    expect(fields.length).toBeGreaterThan(0);
    for (const [name, field] of fields) {
      expect({ name, ...(field as object) }).toMatchObject({
        description: expect.stringMatching(/\w/) as unknown,
        'x-description-zh': expect.stringMatching(/\p{Script=Han}/u) as unknown,
      });
    }
  });
});
