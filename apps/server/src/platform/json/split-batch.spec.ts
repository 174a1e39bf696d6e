import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedBatch, splitBatch, type SplitBatch } from './split-batch.js';

function split(json: string, maxItems = 1_000): SplitBatch {
  const steps = splitBatch(Buffer.from(json), { maxDepth: 200, maxItems });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
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
  ])('%s', (json, items) => {
    expect(itemsOf(json)).toEqual(items);
  });

  it('are the same that JSON.parse finds, in whatever JSON', () => {
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

  it('members are found beside them', () => {
    const { members } = split('{"a":1,"events":[],"b":[1,{"c":2}],"a":"x"}');
    expect([...members.keys()]).toEqual(['a', 'events', 'b']);
    expect(members.get('a')).toMatchObject({ from: 39, to: 42 });
  });
});

describe('what is no JSON is refused', () => {
  it.each([
    '',
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

it('pauses every 64 KiB', () => {
  const body = Buffer.from(
    `{"events":[${Array(20)
      .fill(`{"a":[${'1,'.repeat(50_000)}1]}`)
      .join(',')}]}`,
  );
  let pauses = 0;
  const steps = splitBatch(body, { maxDepth: 200, maxItems: 1_000 });
  while (steps.next().done !== true) pauses += 1;
  expect(pauses).toBeGreaterThanOrEqual(Math.floor(body.length / 100_000));
});
