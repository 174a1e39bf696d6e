import { spawnSync } from 'node:child_process';
import type { SourceKind } from '@im/contracts/api/source-constants';
import { expect, it } from 'vitest';
import { curlCheck } from './curl-check.js';

/** The arguments curl would be called with. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

it.each<[SourceKind, string, string]>([
  ['openim', '/connection-check', 'application/json'],
  ['wukongim', '?event=connection-check', 'application/json'],
  ['dootask', '', 'application/x-www-form-urlencoded'],
  ['tencent-im', '?CallbackCommand=connection-check&contenttype=json', 'application/json'],
])('the check of %s reaches the address as that server does', (kind, suffix, contentType) => {
  const given = argumentsOf(curlCheck(kind, 'https://im.example.com/in/kind/token'));
  expect(given).toContain(`https://im.example.com/in/kind/token${suffix}`);
  expect(given).toContain(`Content-Type: ${contentType}`);
});
