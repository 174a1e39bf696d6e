import { RouteConfig } from '@nestjs/platform-fastify';

/** The body limit of routes that set none. */
const DEFAULT_BODY_LIMIT_BYTES = 262_144;

interface LimitedRoute {
  bodyLimitBytes: number;
  /** The body stays as bytes; the route parses it itself. */
  isReadByRoute?: boolean;
  /** Its answers are never worth compressing, so a busy route need not check each one. */
  hasShortAnswer?: boolean;
}

/** Largest request body the route takes, in bytes; more is answered 413. */
export const BodyLimit = (bytes: number, { hasShortAnswer = false } = {}) =>
  RouteConfig({ bodyLimitBytes: bytes, hasShortAnswer } satisfies LimitedRoute);

/** As {@link BodyLimit}, for a route that parses `rawBody` itself; its `body` is undefined. */
export const LargeBody = (bytes: number) =>
  RouteConfig({ bodyLimitBytes: bytes, isReadByRoute: true } satisfies LimitedRoute);

export function isReadByRoute(config: unknown): boolean {
  return (config as Partial<LimitedRoute> | undefined)?.isReadByRoute === true;
}

export function hasShortAnswer(config: unknown): boolean {
  return (config as Partial<LimitedRoute> | undefined)?.hasShortAnswer === true;
}

/** The limit of a route, read from its Fastify config. */
export function bodyLimitOf(config: unknown): number {
  const limit = (config as Partial<LimitedRoute> | undefined)?.bodyLimitBytes;
  return typeof limit === 'number' ? limit : DEFAULT_BODY_LIMIT_BYTES;
}
