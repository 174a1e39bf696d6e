/** Parses URLs of the environment: of PostgreSQL and Redis, and the service's own. */
import { accessSync, constants } from 'node:fs';
import { z } from 'zod';

/** libpq's modes without `allow` and `prefer`, which would go on in the clear when the server has no TLS. */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'];
const SSL_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

export const urlWithProtocol = (...protocols: string[]) =>
  z
    .string('is required')
    .refine(
      (text) => protocols.includes(protocolOf(text)),
      `must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    );

export const databaseUrlSchema = urlWithProtocol('postgres:', 'postgresql:').superRefine((text, context) => {
  if (!URL.canParse(text)) return;
  const { searchParams } = new URL(text);
  const mode = searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) {
    context.addIssue({ code: 'custom', message: `must have an sslmode of ${SSL_MODES.join(', ')}` });
  }
  if (mode === 'verify-ca' && !searchParams.has('sslrootcert')) {
    context.addIssue({ code: 'custom', message: 'must have an sslrootcert with sslmode=verify-ca' });
  }
  for (const name of SSL_FILES) {
    const file = searchParams.get(name);
    if (file === null || isReadableFile(file)) continue;
    context.addIssue({ code: 'custom', message: `must have as ${name} a file that can be read` });
  }
});

/** One URL or several, comma-separated. */
export const redisUrlsSchema = z
  .string('is required')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine(
    (urls) => urls.length > 0 && urls.every((url) => ['redis:', 'rediss:'].includes(protocolOf(url))),
    'must be a URL starting with redis:// or rediss://, or several, separated by commas',
  );

export function isReadableFile(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns false of no URL at all */
export function isHttps(url: string | undefined): boolean {
  return url !== undefined && protocolOf(url) === 'https:';
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}
