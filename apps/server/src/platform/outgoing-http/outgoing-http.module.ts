import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../dns/host-resolver.js';
import { webhookClientOptions } from './webhook-client-options.js';
import { WebhookClient } from './webhook-client.js';

/** Lets the kept-alive connections go when the process stops. */
@Injectable()
class CloseClientOnShutdown implements OnApplicationShutdown {
  constructor(@Inject(WebhookClient) private readonly client: WebhookClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

/** What leaves this process: guarded, kept-alive connections to receivers. */
@Global()
@Module({
  providers: [
    {
      provide: WebhookClient,
      inject: [ENV, HostResolver],
      useFactory: (env: Env, resolver: HostResolver) =>
        new WebhookClient({
          ...webhookClientOptions(env, resolver),
          // Whoever sends bounds what is under way; a request that waits here would look slow.
          maxConnectionsPerOrigin: 2 * env.WEBHOOK_CONCURRENCY,
        }),
    },
    CloseClientOnShutdown,
  ],
  exports: [WebhookClient],
})
export class OutgoingHttpModule {}
