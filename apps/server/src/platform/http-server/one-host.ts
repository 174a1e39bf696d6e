/** One `Host` a request (RFC 9112, 3.2): with two, a proxy in front and we may each believe another one. */
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

/** Node shows the first one only; here they all are, names and values in turn. */
function hostsOf({ raw }: FastifyRequest): number {
  let hosts = 0;
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    const name = raw.rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
