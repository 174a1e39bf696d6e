import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput, parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { routeContractOf } from './route-contract.js';

const NOTHING = z.strictObject({});

/** Refuses a query or a body on routes that take none, so that a misspelt parameter does not seem to work. */
@Injectable()
export class RefuseUnknownInputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const contract = routeContractOf(context.getHandler());
    if (!contract || (contract.isOutsideOfApi && contract.access === 'public')) return true;
    const { query, body, rawBody } = context.switchToHttp().getRequest<FastifyRequest>();
    // A route that streams its body checks it itself.
    const isMissing = body === undefined && (rawBody?.length ?? 0) === 0;
    if (!contract.query) parseQuery(NOTHING, query);
    if (body === null)
      throw invalidInput([{ pointer: '', code: 'invalid_type', message: 'must be an object' }]);
    if (!contract.body) parseBody(NOTHING, body);
    else if (isMissing && contract.isBodyOptional !== true) refuseEmptyChange(contract.body);
    return true;
  }
}

/**
 * If no field is required, a request without a body would succeed and do nothing, which its sender did not mean.
 * Missing required fields are reported later, by the handler that reads the body, and only to authorised callers.
 */
function refuseEmptyChange(schema: z.ZodType): void {
  if (!schema.safeParse({}).success) return;
  throw new DomainError('invalid_input', 'The request needs a body; an empty object {} changes nothing', {
    errors: [{ pointer: '', code: 'required', message: 'is required' }],
  });
}
