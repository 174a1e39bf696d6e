import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { OpenedSecrets } from './opened-secrets.js';
import { SecretBox } from './secret-box.js';

@Global()
@Module({
  providers: [
    {
      provide: SecretBox,
      inject: [ENV],
      useFactory: (env: Env) => new SecretBox(env.SECRETS_KEY, env.SECRETS_KEY_PREVIOUS),
    },
    OpenedSecrets,
  ],
  exports: [SecretBox, OpenedSecrets],
})
export class CryptoModule {}
