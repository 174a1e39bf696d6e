import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseBody, parseQuery } from '../../platform/http/parse-input.js';
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
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!contract.query) parseQuery(NOTHING, query);
    if (!contract.body) parseBody(NOTHING, body);
    return true;
  }
}
