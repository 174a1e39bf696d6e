import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand } from './curl-command.js';

const REQUEST = { url: 'https://example.com/hook', headers: {}, body: '{}' };

/** The arguments curl would be called with. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

describe('curlCommand', () => {
  it('sends the same URL, headers and body again', () => {
    const body = `{"text":"it's 5 o'clock\\n好"}`;
    const command = curlCommand({
      url: 'https://example.com/a?b=[1]&c={d}',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Note': `it's` },
      body,
    });
    expect(argumentsOf(command)).toEqual([
      '-i',
      '--globoff',
      '-X',
      'POST',
      'https://example.com/a?b=[1]&c={d}',
      '-H',
      'Content-Type: application/json; charset=utf-8',
      '-H',
      `X-Note: it's`,
      '--data-raw',
      body,
    ]);
  });

  it.each(['Host', 'content-length', 'Connection', 'Transfer-Encoding'])('leaves %s to curl', (name) => {
    const command = curlCommand({ ...REQUEST, headers: { [name]: 'x', 'X-Kept': 'y' } });
    expect(argumentsOf(command).filter((argument) => argument.includes(': '))).toEqual(['X-Kept: y']);
  });

  it('sends a header with an empty value instead of removing it', () => {
    expect(argumentsOf(curlCommand({ ...REQUEST, headers: { 'X-Empty': '' } }))).toContain('X-Empty;');
  });

  it('sends a body that begins with @ as text', () => {
    const given = argumentsOf(curlCommand({ ...REQUEST, body: '@/etc/hostname' }));
    expect(given.slice(-2)).toEqual(['--data-raw', '@/etc/hostname']);
  });
});
