import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Clock, SystemClock } from '../clock/clock.js';
import { SecretBox } from './secret-box.js';

@Global()
@Module({
  providers: [
    { provide: SecretBox, inject: [ENV], useFactory: (env: Env) => new SecretBox(env.SECRETS_KEY) },
    { provide: Clock, useClass: SystemClock },
  ],
  exports: [SecretBox, Clock],
})
export class CryptoModule {}
