import { RouteConfig } from '@nestjs/platform-fastify';

/** Largest body of a route that sets none. */
const DEFAULT_BODY_LIMIT_BYTES = 262_144;

interface LimitedRoute {
  bodyLimitBytes: number;
}

/** Largest request body the route takes, in bytes; more is answered 413. */
export const BodyLimit = (bytes: number) => RouteConfig({ bodyLimitBytes: bytes } satisfies LimitedRoute);

/** The limit of a route, read from its Fastify config. */
export function bodyLimitOf(config: unknown): number {
  const limit = (config as Partial<LimitedRoute> | undefined)?.bodyLimitBytes;
  return typeof limit === 'number' ? limit : DEFAULT_BODY_LIMIT_BYTES;
}
