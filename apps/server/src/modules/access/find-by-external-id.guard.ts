import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ExternalIds } from './external-ids.js';
import type { PathParameters } from './read-path.js';
import { routeContractOf } from './route-contract.js';

/** Finds the things that a path names by external ids, once its app is known. */
@Injectable()
export class FindByExternalIdGuard implements CanActivate {
  constructor(private readonly externalIds: ExternalIds) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const contract = routeContractOf(context.getHandler());
    const { identity, appOfPath, params } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!contract || !identity) return true;
    const scope = { tenantId: identity.tenantId, appId: appOfPath?.appId ?? '' };
    await this.externalIds.replaceIn(params as PathParameters, contract.path, scope);
    return true;
  }
}
