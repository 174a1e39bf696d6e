import { Module, type DynamicModule } from '@nestjs/common';
import type { ProcessRole } from '../../config/env.js';
import { Metrics } from './metrics.js';

/** Makes {@link Metrics} injectable everywhere. */
@Module({})
export class MetricsModule {
  static for(role: ProcessRole): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      providers: [{ provide: Metrics, useFactory: () => new Metrics(role) }],
      exports: [Metrics],
    };
  }
}
