/** Provides the client of before-callbacks: connections of their own, so that they never wait behind deliveries. */
import { Inject, Injectable, type FactoryProvider, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { webhookClientOptions } from '../../platform/outgoing-http/webhook-client-options.js';
import { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';

/** Questions under way at once, in this process and to one webhook; beyond, the policy decides. */
export const MAX_QUESTIONS = 512;
export const MAX_QUESTIONS_PER_WEBHOOK = 64;

export const BEFORE_CLIENT = Symbol('the client of before-callbacks');

export const beforeClient: FactoryProvider<WebhookClient> = {
  provide: BEFORE_CLIENT,
  inject: [ENV, HostResolver],
  useFactory: (env: Env, resolver: HostResolver) =>
    new WebhookClient({
      ...webhookClientOptions(env, resolver),
      // Questions under way are bounded before they get here; one that waited would look slow.
      maxConnectionsPerOrigin: MAX_QUESTIONS,
    }),
};

@Injectable()
export class CloseBeforeClient implements OnApplicationShutdown {
  constructor(@Inject(BEFORE_CLIENT) private readonly client: WebhookClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
