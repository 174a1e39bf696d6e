import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { lastNamedIn, readPath, type PathParameters } from '../read-path.js';
import { routeContractOf } from '../route-contract.js';
import { RecordAuditService } from './record-audit.service.js';
import { RequestAudit } from './request-audit.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes that declare an audit action. */
    audit?: RequestAudit;
  }
}

/**
 * Writes the audit entry that a route declares, after the handler and before the answer is sent, so that no secret is
 * shown without an entry.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly records: RecordAuditService) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const audit = this.begin(request, context.getHandler());
    request.audit = audit;
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      audit.complete();
      return of(answer);
    } finally {
      await audit.record();
    }
  }

  private begin({ identity, appOfPath, params, ip }: FastifyRequest, handler: object): RequestAudit {
    const action = [routeContractOf(handler)?.audit ?? []].flat()[0];
    if (!identity || !action) throw new Error('A route that is audited has an action and a caller');
    return new RequestAudit(this.records, {
      identity,
      action,
      appKey: appOfPath?.appKey,
      targetId: lastNamedIn(readPath(params as PathParameters)),
      ipAddress: ip,
    });
  }
}
