/** Reads `If-Match` for optimistic concurrency: the ETag of a resource is its revision. */
import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/;
/** Apache's compression appends it to our tag within the quotes (DeflateAlterETag; mod_brotli doubles the dash). */
const SUFFIX_OF_COMPRESSION = /(?:--?|;)(?:gzip|br|deflate|zstd)$/;
const REVISION = /^[1-9]\d{0,8}$/;

export function etagOf(revision: number): string {
  return `"${String(revision)}"`;
}

/** The answer with its ETag. */
export function tagged<T extends { data: { revision: number } }>(reply: FastifyReply, answer: T): T {
  void reply.header('ETag', etagOf(answer.data.revision));
  return answer;
}

/**
 * A weak tag or one with a suffix counts like the plain one: compressing proxies mark ours so, and the encoding does
 * not change the revision.
 *
 * @param header the value of `If-Match`
 * @returns the revisions of which one must be the current one; null when any is accepted. Foreign tags are left out,
 * since they match nothing
 * @throws DomainError `invalid_input` when the header is no list of entity tags
 */
export function readIfMatch(header: string | undefined): number[] | null {
  if (header === undefined || header.trim() === '*') return null;
  return header.split(',').flatMap((part) => {
    const tag = ENTITY_TAG.exec(part.trim())?.[1];
    if (tag === undefined) {
      throw DomainError.invalid({
        pointer: 'If-Match',
        code: 'invalid_format',
        message: 'must be the ETag of an answer, in double quotes, such as "3", or *',
      });
    }
    const revision = tag.replace(SUFFIX_OF_COMPRESSION, '');
    return REVISION.test(revision) ? [Number(revision)] : [];
  });
}
