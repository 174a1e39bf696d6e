/** Explains a failed start in one line with advice; a stack only for unforeseen errors. */
import { EnvError } from './config/env.js';

interface CodedError {
  code?: string;
  message?: string;
  port?: number;
  address?: string;
  hostname?: string;
}

const CERTIFICATE_CODES =
  /^(UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)/;

/** `EX_CONFIG` of sysexits.h: a supervisor need not try again with the same settings. */
const EXIT_CODE_BAD_SETTINGS = 78;

/** One clear line per problem; a stack only for unforeseen errors. */
export function explainAndExit(error: unknown): never {
  for (const line of explainStartFailure(error)) process.stderr.write(`${line}\n`);
  process.exit(error instanceof EnvError ? EXIT_CODE_BAD_SETTINGS : 1);
}

export function explainStartFailure(error: unknown): string[] {
  if (error instanceof EnvError) return error.problems.map((problem) => `Configuration: ${problem}`);
  const known = typeof error === 'object' && error !== null ? explain(error) : null;
  return [known ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))];
}

function explain({ code = '', message = '', port, address, hostname }: CodedError): string | null {
  if (code === 'EADDRINUSE') return `Port ${String(port)} is already in use; set PORT to a free one`;
  if (code === 'EACCES') return `Not allowed to listen on port ${String(port)}; set PORT to one above 1023`;
  if (code === 'ECONNREFUSED')
    return `Cannot connect to ${address ?? ''}:${String(port)}; are PostgreSQL and Redis running?`;
  if (code === 'ENOTFOUND') return `There is no host ${hostname ?? ''}; look at DATABASE_URL`;
  if (CERTIFICATE_CODES.test(code))
    return `PostgreSQL's certificate is not trusted (${message}); name its authority with sslrootcert in DATABASE_URL`;
  if (message === 'The server does not support SSL connections')
    return 'PostgreSQL does not speak TLS; turn it on there, or leave sslmode out of DATABASE_URL';
  // SQLSTATE: protocol violation, wrong password or user, no such database.
  if (code === '08P01' && message.includes('statement_timeout'))
    return 'The pooler refuses statement_timeout; set ignore_startup_parameters = statement_timeout in PgBouncer';
  if (code === '28P01' || code === '28000' || code === '3D000')
    return `PostgreSQL refuses the connection: ${message}; look at DATABASE_URL`;
  return null;
}
