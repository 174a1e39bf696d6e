/** Refuses requests with several `Host` headers (RFC 9112, 3.2): a proxy in front might use another one than we do. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import type { ProblemFilter } from './problem.filter.js';

export function requireOneHost(fastify: FastifyInstance, problems: ProblemFilter): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const hosts = hostsOf(request);
    const isFine = hosts === 1 || (hosts === 0 && request.raw.httpVersion === '1.0');
    if (isFine) done();
    else {
      const detail = `A request has one Host header; this one has ${String(hosts)}`;
      problems.send(new DomainError('malformed_request', detail), request, reply);
    }
  });
}

/** Node shows the first one only; this list has all, with names and values alternating. */
function hostsOf({ raw }: FastifyRequest): number {
  let hosts = 0;
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    const name = raw.rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
