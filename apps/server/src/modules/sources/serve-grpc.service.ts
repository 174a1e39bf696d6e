/** Runs the gRPC server of WuKongIM 2 while this process serves the API, and hands its calls to the sources. */
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { adapterFor } from './adapters.js';
import { FindSourceService } from './find-source.service.js';
import { ReceiveRequestService } from './receive-request.service.js';
import type { SourceAnswer, SourceRequest } from './source-kind.js';
import { WukongimGrpcServer } from './wukongim/grpc-server.service.js';

@Injectable()
export class ServeGrpcService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: WukongimGrpcServer;

  constructor(
    @Inject(ENV) env: Env,
    clock: Clock,
    private readonly sources: FindSourceService,
    private readonly requests: ReceiveRequestService,
    private readonly logger: Logger,
  ) {
    this.server = new WukongimGrpcServer(env, clock, (...call) => this.receive(...call));
  }

  async onApplicationBootstrap(): Promise<void> {
    const port = await this.server.start();
    if (port !== null) this.logger.info('source.grpc_listening', { port });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server.stop();
  }

  private async receive(authority: string, request: SourceRequest, ip: string): Promise<SourceAnswer> {
    const adapter = adapterFor('wukongim');
    try {
      const source = await this.sources.byAuthority(authority);
      return await this.requests.receiveCall(source ?? null, adapter, request, ip);
    } catch (error) {
      this.logger.warn('source.lookup_failed', { kind: adapter.kind, error: boundedError(error) });
      return adapter.unavailable(request);
    }
  }
}
