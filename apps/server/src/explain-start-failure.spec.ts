import { describe, expect, it } from 'vitest';
import { EnvError } from './config/env.js';
import { explainStartFailure } from './explain-start-failure.js';

const failure = (fields: Record<string, unknown>, message = '') => Object.assign(new Error(message), fields);

describe('explainStartFailure', () => {
  it.each([
    ['a port in use', failure({ code: 'EADDRINUSE', port: 8080 }), 'set PORT to a free one'],
    ['a port of the system', failure({ code: 'EACCES', port: 80 }), 'one above 1023'],
    [
      'a database that is not there',
      failure({ code: 'ECONNREFUSED', address: '10.0.0.1', port: 5432 }),
      'Cannot connect to 10.0.0.1:5432',
    ],
    ['a wrong host name', failure({ code: 'ENOTFOUND', hostname: 'db.example' }), 'no host db.example'],
    [
      'an unknown authority',
      failure({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'unable to verify the first certificate'),
      'sslrootcert',
    ],
    ['another host in the certificate', failure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'sslrootcert'],
    ['a database without TLS', failure({}, 'The server does not support SSL connections'), 'sslmode'],
    [
      'a pooler without the setting it needs',
      failure({ code: '08P01' }, 'unsupported startup parameter: statement_timeout'),
      'ignore_startup_parameters',
    ],
    [
      'a wrong password',
      failure({ code: '28P01' }, 'password authentication failed for user "im"'),
      'password authentication failed for user "im"; look at DATABASE_URL',
    ],
  ])('says in one line what to do about %s', (_what, error, advice) => {
    const lines = explainStartFailure(error);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(advice);
    expect(lines[0]).not.toContain('\n');
  });

  it('has a line for each wrong setting', () => {
    expect(explainStartFailure(new EnvError(['PORT must be a number', 'HOST is odd']))).toEqual([
      'Configuration: PORT must be a number',
      'Configuration: HOST is odd',
    ]);
  });

  it('shows the stack of unforeseen errors', () => {
    expect(explainStartFailure(new Error('surprise'))[0]).toMatch(/^Error: surprise\n +at /);
  });
});
