import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellQuote } from './shell-quote.js';

/** What the shell makes of one quoted argument. */
function throughShell(argument: string): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', `printf %s ${shellQuote(argument)}`], { encoding: 'utf8' });
  return stdout;
}

describe('shellQuote', () => {
  it.each([
    ['a single quote', `it's`],
    ['nothing but quotes', `'''`],
    ['double quotes and dollars', `"$HOME" \`id\` $(id) \${x}`],
    ['a newline', 'one\ntwo\n'],
    ['a backslash at the end', 'end\\'],
    ['an exclamation mark', 'hello!'],
    ['UTF-8', '你好，世界 👋 é'],
    ['nothing', ''],
  ])('brings %s through the shell unchanged', (_, argument) => {
    expect(throughShell(argument)).toBe(argument);
  });
});
