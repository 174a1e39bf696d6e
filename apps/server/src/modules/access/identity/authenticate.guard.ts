import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { routeContractOf } from '../route-contract.js';
import { FindCallerService } from './find-caller.service.js';

/** Authenticates the caller of every route, then checks the route's rule. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(private readonly callers: FindCallerService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = routeContractOf(context.getHandler())?.access;
    if (rule === undefined) throw new DomainError('forbidden', 'This route has no access rule');
    if (rule === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.identity = await this.callers.find(request, http.getResponse<FastifyReply>(), rule);
    return true;
  }
}
