/** Configures Fastify under Nest: bodies, limits, request ids, security headers, problems, and the console's files. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { operationsRoutes } from '@im/contracts/routes/operations-routes';
import { FAMILIAR_API_BASE } from '@im/contracts/problem';
import { API_BASE } from '@im/contracts/routes/route';
import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { basePathOf, withoutBasePath } from '../../config/base-path.js';
import type { Env, ProcessRole } from '../../config/env.js';
import { LoopSlices } from '../limits/loop-slices.js';
import { Logger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { AllowedMethods, refuseUnknownRoutes } from './allowed-methods.js';
import { bodyLimitOf } from './body-limit.js';
import { BodyReader } from './body-reader.js';
import { compressAnswers } from './compress-answers.js';
import { serveConsole } from './console-files.js';
import { DomainError } from '../errors/domain-error.js';
import { DrainHttpService } from './drain-http.service.js';
import { ForeignRoutes, rewriteUrl } from './foreign-routes.js';
import { FrameOrigins } from './frame-origins.js';
import { Tracing } from '../tracing/tracing.js';
import { acceptJsonBodies } from './json-body.js';
import { requireOneHost } from './one-host.js';
import { paceConnections } from './pace-connections.js';
import { limitConnections, maxConnectionsHere } from './limit-connections.js';
import { answerParserErrors } from './parser-errors.js';
import { ProblemFilter } from './problem.filter.js';
import { securityHeadersFor } from './security-headers.js';
import { traceRequests } from './trace-requests.js';
import { normalizeForwardedFor, trustOf } from './trust-proxy.js';

/** Served by every role, a worker too. */
const OPERATIONS_PATHS = Object.values(operationsRoutes).map(({ path }): string => path);
const PATHS_OUTSIDE_OF_API = ALL_ROUTES.filter((route) => route.isOutsideOfApi).map(({ path }) =>
  path.replaceAll(/\{(\w+)\}/g, ':$1'),
);
/** The name in metrics of requests without a route. */
const NO_ROUTE = 'none';
/** A path segment may not be longer; ids and keys are far shorter. */
const MAX_PARAM_LENGTH = 200;

/** An id that the caller may set, so that its log and ours can be correlated. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

/**
 * Ends requests whose headers have not arrived by then, and silent connections. Bodies have other limits; the last one
 * is for bodies that are not read.
 */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 60_000;
const TIMEOUT_CHECK_MS = 5_000;
/**
 * Ends a connection without traffic, so that an unread answer does not keep it open forever. Longer than a query may
 * take, the heartbeat of a live stream, and the minute after which an unread download is aborted.
 */
const MAX_STILL_MS = 65_000;

/**
 * How long an idle connection is kept. IM servers keep theirs for 90 s or forever; a request that they send while this
 * side closes is lost.
 */
const KEEP_ALIVE_MS = 125_000;

export function createHttpAdapter(env: Env, role: ProcessRole): FastifyAdapter {
  const problems = new ProblemFilter(new Logger(env.LOG_LEVEL));
  const methods = allowedMethodsOf(env, role);
  const basePath = basePathOf(env.PUBLIC_URL);
  const adapter = new FastifyAdapter({
    trustProxy: trustOf(env.TRUST_PROXY),
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: MAX_STILL_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      // A hook answers it as a problem document.
      requireHostHeader: false,
    },
    clientErrorHandler: answerParserErrors((path) => methods.refusalOf(withoutBasePath(path, basePath))),
    // Failures before any route is found, such as a path that cannot be decoded.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      problems.send(error, request, reply);
    },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    keepAliveTimeout: KEEP_ALIVE_MS,
    rewriteUrl: rewriteUrl(basePath),
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  adapter.getInstance().addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimitOf(route.config);
  });
  return adapter;
}

/** Everything around the controllers; call before `init()` or `listen()`. */
export async function prepareHttpApp(
  app: NestFastifyApplication,
  env: Env,
  role: ProcessRole,
): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const problems = new ProblemFilter(app.get(Logger));
  app.setGlobalPrefix(API_BASE.slice(1), { exclude: PATHS_OUTSIDE_OF_API });
  app.useGlobalFilters(problems);
  const drain = app.get(DrainHttpService);
  drain.attach(fastify);
  if (env.TRUST_PROXY !== false) normalizeForwardedAddresses(fastify);
  traceRequests(fastify, app.get(Tracing));
  setCommonHeaders(fastify, env);
  measureRequests(fastify, app.get(Metrics));
  requireOneHost(fastify, problems);
  if (role === 'worker') serveOperationsOnly(fastify, problems);
  refuseUnknownRoutes(fastify, allowedMethodsOf(env, role), problems);
  paceConnections(fastify.server);
  limitConnections(fastify.server, maxConnectionsHere());
  const bodies = new BodyReader();
  bodies.attachTo(fastify, drain);
  acceptJsonBodies(fastify, bodies, app.get(LoopSlices));
  app.get(ForeignRoutes).attachTo(fastify, bodies, basePathOf(env.PUBLIC_URL));
  await fastify.register(fastifyCookie);
  await compressAnswers(fastify);
  if (role !== 'worker' && env.CONSOLE_DIR !== undefined) {
    const files = { folder: env.CONSOLE_DIR, basePath: basePathOf(env.PUBLIC_URL) };
    await serveConsole(fastify, files, problems, app.get(FrameOrigins));
  }
}

function allowedMethodsOf({ CONSOLE_DIR }: Env, role: ProcessRole): AllowedMethods {
  if (role === 'worker') return new AllowedMethods(Object.values(operationsRoutes), false);
  return new AllowedMethods(ALL_ROUTES, CONSOLE_DIR !== undefined);
}

function normalizeForwardedAddresses(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    normalizeForwardedFor(request.raw);
    done();
  });
}

/** A worker answers health checks and metrics and nothing else; the API is the api's. */
function serveOperationsOnly(fastify: FastifyInstance, problems: ProblemFilter): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const [path = ''] = request.url.split('?');
    if (OPERATIONS_PATHS.includes(path)) {
      done();
      return;
    }
    problems.send(new DomainError('not_found', 'This process is a worker; it serves no API'), request, reply);
  });
}

function setCommonHeaders(fastify: FastifyInstance, { PUBLIC_URL }: Env): void {
  const sameForAll = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    ...securityHeadersFor(PUBLIC_URL),
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(sameForAll).header('X-Request-Id', request.id);
    if (isApiPath(request.url)) void reply.header('Cache-Control', 'no-store');
    done();
  });
}

function isApiPath(url: string): boolean {
  return [API_BASE, FAMILIAR_API_BASE].some((base) => url.startsWith(base));
}

function measureRequests(fastify: FastifyInstance, { http }: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE);
    http.answered(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
}
