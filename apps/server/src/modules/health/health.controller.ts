import { Controller, Header } from '@nestjs/common';
import { operationsRoutes } from '@im/contracts/routes/operations-routes';
import { CheckDatabaseService } from '../../platform/database/check-database.service.js';
import { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { RedisConnections } from '../../platform/queue/redis-connections.js';
import { Route } from '../access/access.decorators.js';

/** For load balancers and container runtimes. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: CheckDatabaseService,
    private readonly redis: RedisConnections,
    private readonly drain: DrainHttpService,
  ) {}

  /** The process lives and answers. */
  @Route(operationsRoutes.live)
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * Ready means that events can be accepted: PostgreSQL answers and the process is not stopping. Redis only makes
   * delivery fast, so it is reported but not required.
   */
  @Route(operationsRoutes.ready)
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<{ status: 'ok'; database: 'ok'; queue: 'ok' | 'unavailable' }> {
    if (this.drain.isLeaving) throw new DomainError('service_unavailable', 'This process is stopping');
    try {
      await this.database.check();
    } catch (error) {
      throw new DomainError('service_unavailable', 'PostgreSQL does not answer', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
    return { status: 'ok', database: 'ok', queue: this.redis.isReady ? 'ok' : 'unavailable' };
  }
}
