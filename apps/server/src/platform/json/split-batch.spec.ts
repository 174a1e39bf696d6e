import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedBatch, splitBatch, type SplitBatch } from './split-batch.js';

const LIMITS = { maxDepth: 200, maxItems: 1_000, maxMembers: 50, maxNameBytes: 100 };

function split(json: string, maxItems = 1_000): Partial<SplitBatch> {
  const steps = splitBatch(Buffer.from(json), { ...LIMITS, maxItems });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value ?? {};
  }
}

function itemsOf(json: string): string[] | undefined {
  const bytes = Buffer.from(json);
  return split(json).items?.map(({ from, to }) => bytes.toString('utf8', from, to));
}

describe('the events of a batch', () => {
  it.each([
    ['{"events":[]}', []],
    [' {\n"events" : [ ] } ', []],
    ['{"events":[1, "a,]" ,{"b":[2]}, [3],null]}', ['1', '"a,]"', '{"b":[2]}', '[3]', 'null']],
    [String.raw`{"events":[{"a":"\\\"]}"},"\\"]}`, [String.raw`{"a":"\\\"]}"}`, String.raw`"\\"`]],
    ['{"events":[{"id":18446744073709551615}]}', ['{"id":18446744073709551615}']],
    ['{"events":[{"文":"本😀"}],"x":{"events":[9]}}', ['{"文":"本😀"}']],
    ['{"events":1,"events":[2]}', ['2']],
    [String.raw`{"ev\u0065nts":[3]}`, ['3']],
    ['{"events":{}}', undefined],
    ['{"events":[1],"events":null}', undefined],
    ['{}', undefined],
    ['[{"events":[]}]', undefined],
    ['', undefined],
  ])('%s', (json, items) => {
    expect(itemsOf(json)).toEqual(items);
  });

  it('are the same that JSON.parse finds, in any JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.json({ maxDepth: 4 }), { maxLength: 8 }), fc.nat(3), (items, spaces) => {
        const body = `{"a":"}","events":[${items.join(`${' '.repeat(spaces)},\n`)}]}`;
        expect(itemsOf(body)?.map((text) => JSON.parse(text) as unknown)).toEqual(
          (JSON.parse(body) as { events: unknown[] }).events,
        );
      }),
    );
  });

  it('are counted no further than it takes to know that they are too many', () => {
    expect(split(`{"events":[${'1,'.repeat(50)}1]}`, 10).items).toHaveLength(11);
  });

  it('say of how many lists and objects they are', () => {
    const { items } = split('{"events":[1,{},[[],{"a":["["]}]]}');
    expect(items?.map(({ containers }) => containers)).toEqual([0, 1, 4]);
  });

  it('members next to them are found', () => {
    const { members } = split('{"a":1,"events":[],"b":[1,{"c":2}],"a":"x"}');
    expect([...(members?.keys() ?? [])]).toEqual(['a', 'events', 'b']);
    expect(members?.get('a')).toMatchObject({ from: 39, to: 42 });
  });
});

describe('what is no JSON is refused', () => {
  it.each([
    '{',
    '{"events"',
    '{"events":',
    '{"events":}',
    '{"events":[',
    '{"events":[1',
    '{"events":[1}',
    '{"events":[1,]}',
    '{"events":[,1]}',
    '{"events":[1 2]}',
    '{"events":[{} {}]}',
    '{"events":[{}]',
    '{"events":[{}]}}',
    '{"events":[{}]} x',
    '{"events":["a]}',
    '{"events":[{"a":"b]}',
    '{"events" []}',
    '{events:[]}',
    '{"events":[],}',
    '{,"events":[]}',
    '{"a":1 "events":[]}',
    '{"\\x":1}',
  ])('%j', (json) => {
    expect(() => split(json)).toThrow(MalformedBatch);
  });

  it('nor is what is nested too deep', () => {
    const nested = (depth: number): string => `{"events":[${'['.repeat(depth)}${']'.repeat(depth)}]}`;
    expect(split(nested(198)).items).toHaveLength(1);
    expect(() => split(nested(199))).toThrow('is nested deeper than 200 levels');
  });
});

describe('what has more than a batch can have is refused as soon as it is seen', () => {
  it.each([
    ['very many members', Array.from({ length: 100_000 }, (_, index) => `"m${String(index)}":1`).join(',')],
    ['a member that comes very often', Array(100_000).fill('"events":[]').join(',')],
    ['a very long name', `"${'n'.repeat(1_000_000)}":1`],
  ])('%s', (_what, members) => {
    const steps = splitBatch(Buffer.from(`{${members}}`), LIMITS);
    let pauses = 0;
    const toItsEnd = () => {
      while (steps.next().done !== true) pauses += 1;
    };
    expect(toItsEnd).toThrow(expect.objectContaining({ fault: 'members' }));
    expect(pauses).toBeLessThan(2);
  });
});

describe('pauses every 64 KiB', () => {
  it.each([
    [
      'of lists',
      `{"events":[${Array(20)
        .fill(`{"a":[${'1,'.repeat(50_000)}1]}`)
        .join(',')}]}`,
    ],
    ['of a text', `{"events":["${String.raw`\"`.repeat(1_000_000)}"]}`],
    ['of a text in a list', `{"events":[["${'x'.repeat(2_000_000)}"]]}`],
    ['of a text next to the events', `{"other":"${'x'.repeat(2_000_000)}"}`],
    ['of a number', `{"events":[${'1'.repeat(2_000_000)}]}`],
    ['of spaces before the body', `${' '.repeat(2_000_000)}{"events":[]}`],
    ['of spaces between events', `{"events":[1${' '.repeat(2_000_000)},2]}`],
    ['of spaces behind the body', `{"events":[]}${' '.repeat(2_000_000)}`],
  ])('%s', (_what, json) => {
    const body = Buffer.from(json);
    let pauses = 0;
    const steps = splitBatch(body, LIMITS);
    while (steps.next().done !== true) pauses += 1;
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(body.length / 100_000));
  });
});
