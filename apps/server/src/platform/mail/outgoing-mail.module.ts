import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { HostResolver } from '../dns/host-resolver.js';
import { webhookClientOptions } from '../outgoing-http/webhook-client-options.js';
import { SmtpClient } from './smtp-client.js';

/** Wires outgoing mail, with the same guard as other outgoing connections. */
@Global()
@Module({
  providers: [
    {
      provide: SmtpClient,
      inject: [ENV, HostResolver],
      useFactory: (env: Env, resolver: HostResolver) => new SmtpClient(webhookClientOptions(env, resolver)),
    },
  ],
  exports: [SmtpClient],
})
export class OutgoingMailModule {}
