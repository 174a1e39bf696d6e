import { describe, expect, it } from 'vitest';
import type { Translate } from '../../../i18n/i18n.js';
import { faultsBelow, fieldFaults, mismatchFaults, textFaults } from './editor-faults.js';

/** Shows the key and what it is given. */
const t: Translate = (key, params) => `${key.split('.').slice(2).join('.')} ${JSON.stringify(params)}`;

const TEXT = '{\n  "a": {\n    "b/c": [\n      1\n    ]\n  }\n}';

describe('faults of an editor', () => {
  it('of the text itself say line and column', () => {
    const [fault] = textFaults('schema', '{\n  "a" 1\n}', t, 'zh-CN');
    expect(fault?.line).toBe(2);
    expect(fault?.text).toContain('"line":2,"column":7');
    expect(fault?.text).toContain('json.missingColon');
    expect(textFaults('schema', '[]', t, 'zh-CN')).toMatchObject([{ line: 1 }]);
    expect(textFaults('schema', TEXT, t, 'zh-CN')).toEqual([]);
  });

  it('say how large a text may be', () => {
    const text = JSON.stringify({ a: 'b'.repeat(20_000) });
    expect(textFaults('example', text, t, 'en-GB')[0]?.text).toContain('16 KB');
    expect(textFaults('schema', text, t, 'en-GB')).toEqual([]);
  });

  it('that the service found are those below the field, at their lines', () => {
    const fault = (pointer: string) => ({ pointer, code: 'invalid_value', message: 'no' }) as const;
    const below = faultsBelow('schema', [
      fault('/schema/a/b~1c/0'),
      fault('/schemata'),
      fault('/schema'),
      fault('/example/a'),
    ]);
    expect(below.map(({ pointer }) => pointer)).toEqual(['/a/b~1c/0', '']);
    expect(fieldFaults(TEXT, below, t).map(({ line }) => line)).toEqual([1, 4]);
  });

  it('of an example name the field as people write it, from the first line to the last', () => {
    const faults = mismatchFaults(
      TEXT,
      [
        { pointer: '/a/b~1c/0', code: 'invalid_type', keyword: 'type', expected: 'string' },
        { pointer: '/d', code: 'required', keyword: 'required', expected: '' },
      ],
      t,
    );
    expect(faults.map(({ line }) => line)).toEqual([1, 4]);
    expect(faults[0]?.text).toContain('"path":"d"');
    expect(faults[1]?.text).toContain('"path":"a.b/c.0"');
    expect(faults[1]?.text).toContain('string');
  });
});
