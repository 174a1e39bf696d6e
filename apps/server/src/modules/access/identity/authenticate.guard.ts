import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { routeContractOf } from '../access.decorators.js';
import { FindCallerService } from './find-caller.service.js';

/** Stands before every route: finds out who calls, then whether the route's rule lets them in. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(private readonly callers: FindCallerService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = routeContractOf(context.getHandler())?.access;
    if (rule === undefined) throw new DomainError('forbidden', 'This route is open to nobody');
    if (rule === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.identity = await this.callers.find(request, http.getResponse<FastifyReply>(), rule);
    return true;
  }
}
