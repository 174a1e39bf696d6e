import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput, parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { routeContractOf } from './access.decorators.js';

const NOTHING = z.strictObject({});

/**
 * A route that takes no query or no body refuses one, as the others refuse what they do not know: a misspelt
 * parameter should not look as if it had done something.
 */
@Injectable()
export class RefuseUnknownInputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const contract = routeContractOf(context.getHandler());
    if (!contract || contract.isOutsideOfApi) return true;
    const { query, body, rawBody } = context.switchToHttp().getRequest<FastifyRequest>();
    // A route that reads its body bit by bit finds out itself what is in it.
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
 * Where no field is needed, a request without a body would be granted and do nothing: its sender meant something else.
 * Fields that are needed are named later, by whoever reads the body, and only to those who may know what it is for.
 */
function refuseEmptyChange(schema: z.ZodType): void {
  if (!schema.safeParse({}).success) return;
  throw new DomainError('invalid_input', 'The request needs a body; an empty object {} changes nothing', {
    errors: [{ pointer: '', code: 'required', message: 'is required' }],
  });
}
