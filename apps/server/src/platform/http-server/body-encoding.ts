/** Refuses JSON bodies that are labelled as anything but uncompressed UTF-8, since they would be misread. */
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../errors/domain-error.js';

const CHARSET = /;\s*charset\s*=\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^\s;]*))/i;
const UTF_8 = /^utf-?8$/i;
const IDENTITY = /^\s*(identity)?\s*$/i;

/** @throws DomainError `unsupported_media_type` */
export function assertPlainUtf8(headers: IncomingHttpHeaders): void {
  const encodings = headers['content-encoding']?.split(',') ?? [];
  const encoding = encodings.find((text) => !IDENTITY.test(text));
  if (encoding !== undefined) {
    const detail = `The content encoding ${shown(encoding)} is not supported; send the body as it is`;
    throw new DomainError('unsupported_media_type', detail);
  }
  const { quoted, plain } = CHARSET.exec(headers['content-type'] ?? '')?.groups ?? {};
  const charset = quoted ?? plain;
  if (charset === undefined || UTF_8.test(charset)) return;
  throw new DomainError(
    'unsupported_media_type',
    `The charset ${shown(charset)} is not supported; send UTF-8`,
  );
}

function shown(text: string): string {
  return JSON.stringify(text.trim().slice(0, 40));
}
