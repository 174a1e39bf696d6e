import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../dns/host-resolver.js';
import { webhookClientOptions } from './webhook-client-options.js';
import { WebhookClient } from './webhook-client.js';

/** Closes the kept-alive connections when the process stops. */
@Injectable()
class CloseClientOnShutdown implements OnApplicationShutdown {
  constructor(@Inject(WebhookClient) private readonly client: WebhookClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

/** Wires outgoing requests: guarded, kept-alive connections to receivers. */
@Global()
@Module({
  providers: [
    {
      provide: WebhookClient,
      inject: [ENV, HostResolver],
      useFactory: (env: Env, resolver: HostResolver) =>
        new WebhookClient({
          ...webhookClientOptions(env, resolver),
          // Callers bound requests under way; one that waited here would look slow.
          maxConnectionsPerOrigin: 2 * env.WEBHOOK_CONCURRENCY,
        }),
    },
    CloseClientOnShutdown,
  ],
  exports: [WebhookClient],
})
export class OutgoingHttpModule {}
