import { describe, expect, it } from 'vitest';
import { parsePasswd, runAs } from './postgres-user.js';

describe('the user PostgreSQL runs as', () => {
  it('is never root, under any name', () => {
    const users = parsePasswd(
      [
        'root:x:0:0:root:/root:/bin/sh',
        'toor:x:0:0::/root:/bin/sh',
        'nobody:x:65534:65534::/:/bin/false',
        '',
      ].join('\n'),
    );
    expect([...users]).toEqual([['nobody', { uid: 65534, gid: 65534 }]]);
  });

  it('changes nothing when we are not root', () => {
    const invocation = { command: 'postgres', args: ['-D', '/data'] };
    expect(runAs(null, invocation)).toEqual(invocation);
  });

  it('gives up every privilege but reaching files', () => {
    const { command, args } = runAs({ uid: 7, gid: 8 }, { command: 'postgres', args: ['-D', '/data'] });
    expect(command).toBe('setpriv');
    expect(args).toEqual(
      expect.arrayContaining([
        '--reuid=7',
        '--regid=8',
        '--no-new-privs',
        '--ambient-caps=-all,+dac_override',
      ]),
    );
    expect(args.slice(-4)).toEqual(['--', 'postgres', '-D', '/data']);
  });
});
