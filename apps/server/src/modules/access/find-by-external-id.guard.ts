import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ExternalIds, hasExternalId } from './external-ids.js';
import type { PathParameters } from './read-path.js';
import { routeContractOf } from './route-contract.js';

/** Finds the things that a path names by external ids, once its app is known. */
@Injectable()
export class FindByExternalIdGuard implements CanActivate {
  constructor(private readonly externalIds: ExternalIds) {}

  /** Other paths are not waited for: events come by them. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return !hasExternalId(request.params as PathParameters) || this.find(request, context.getHandler());
  }

  private async find({ identity, appOfPath, params }: FastifyRequest, handler: object): Promise<boolean> {
    const contract = routeContractOf(handler);
    if (!contract || !identity) return true;
    const scope = { tenantId: identity.tenantId, appId: appOfPath?.appId ?? '' };
    await this.externalIds.replaceIn(params as PathParameters, contract.path, scope);
    return true;
  }
}
