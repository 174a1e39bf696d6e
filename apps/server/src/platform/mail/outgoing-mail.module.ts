import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { SmtpClient } from './smtp-client.js';

/** Mail that leaves this process, past the same guard as everything else that leaves it. */
@Global()
@Module({
  providers: [
    {
      provide: SmtpClient,
      inject: [ENV],
      useFactory: (env: Env) => new SmtpClient({ allowedCidrs: env.WEBHOOK_ALLOWED_CIDRS }),
    },
  ],
  exports: [SmtpClient],
})
export class OutgoingMailModule {}
