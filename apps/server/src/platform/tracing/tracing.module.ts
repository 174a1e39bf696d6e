import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env, type ProcessRole } from '../../config/env.js';
import { Logger } from '../logging/logger.js';
import { EventTraces } from './event-traces.js';
import { NoTracing, Tracing } from './tracing.js';

/** Makes {@link Tracing} injectable everywhere; on when OTEL_EXPORTER_OTLP_ENDPOINT is set. */
@Module({})
export class TracingModule implements OnApplicationShutdown {
  constructor(private readonly tracing: Tracing) {}

  static for(role: ProcessRole): DynamicModule {
    return {
      module: TracingModule,
      global: true,
      providers: [
        EventTraces,
        {
          provide: Tracing,
          inject: [ENV, Logger],
          useFactory: (env: Env, logger: Logger) => openTracing(env, role, logger),
        },
      ],
      exports: [Tracing, EventTraces],
    };
  }

  /** Global modules end last, so the spans of the stop itself are sent too. */
  async onApplicationShutdown(): Promise<void> {
    await this.tracing.close();
  }
}

async function openTracing(env: Env, role: ProcessRole, logger: Logger): Promise<Tracing> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return new NoTracing();
  const { OpenTelemetryTracing } = await import('./open-telemetry-tracing.js');
  const settings = {
    endpoint,
    role,
    serviceName: env.OTEL_SERVICE_NAME,
    sampledShare: env.OTEL_TRACES_SAMPLER_ARG,
  };
  return new OpenTelemetryTracing(settings, logger);
}
