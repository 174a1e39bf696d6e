import { Global, Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Logger } from './logger.js';

@Global()
@Module({
  providers: [{ provide: Logger, inject: [ENV], useFactory: (env: Env) => new Logger(env.LOG_LEVEL) }],
  exports: [Logger],
})
export class LoggingModule {}
