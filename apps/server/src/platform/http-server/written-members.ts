/** Reads the members of a JSON body as the caller wrote them, since parsing would change large numbers. */
import type { FastifyRequest } from 'fastify';
import { memberSpans } from '../json/json-spans.js';

/** @param request its body was parsed and is an object */
export function writtenMembers(request: FastifyRequest): ReadonlyMap<string, string> {
  const text = request.rawBody?.toString('utf8') ?? '{}';
  return new Map([...memberSpans(text)].map(([name, { from, to }]) => [name, text.slice(from, to)]));
}
