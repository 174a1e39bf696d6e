/** Optimistic concurrency: the ETag of a thing is its revision, and `If-Match` names the one a change was made for. */
import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/;
/** What Apache's compression appends to our tag within its quotes (DeflateAlterETag; the dash doubled by mod_brotli). */
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
 * A tag marked as weak or by a suffix counts like the plain one: proxies that compress mark ours so, and a revision is
 * the same however its answer was encoded.
 *
 * @param header the value of `If-Match`
 * @returns the revisions of which one must be the present one; null when any will do. A tag that is none of ours is left
 *   out: nothing matches it
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
