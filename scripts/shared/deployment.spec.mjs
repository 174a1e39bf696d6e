import { describe, expect, it } from 'vitest';
import { countGoTests } from './deployment.mjs';

const lines = (...events) => events.map((event) => JSON.stringify(event)).join('\n');

describe('the tests of Go', () => {
  it('are counted by name, without their package', () => {
    const output = lines(
      { Action: 'pass', Test: 'TestA' },
      { Action: 'output', Test: 'TestB', Output: 'wrong\n' },
      { Action: 'fail', Test: 'TestB' },
      { Action: 'fail', Package: 'test' },
    );
    expect(countGoTests(output)).toEqual({
      passed: 1,
      failed: 1,
      failures: ['Helm chart > TestB'],
      output: 'wrong\n',
      notRun: [],
    });
  });

  it('have failed when nothing could be run', () => {
    const output = 'render.go:1:1: expected package';
    expect(countGoTests(output)).toMatchObject({ passed: 0, failed: 1, output });
  });
});
