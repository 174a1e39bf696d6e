/** Answers 405 and `Allow` (RFC 9110, 15.5.6) to methods that an existing path does not have. */
import { fullPathOf, type RouteContract } from '@im/contracts/routes/route';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isConsolePath } from './console-paths.js';
import { DomainError } from '../errors/domain-error.js';
import type { ProblemFilter } from './problem.filter.js';

const READING = ['GET', 'HEAD'];
/** The console's route, which also matches paths without a GET route. */
const ANY_PATH = '/*';

interface PathMethods {
  pattern: RegExp;
  methods: readonly string[];
}

export class AllowedMethods {
  private readonly paths: readonly PathMethods[];

  constructor(
    routes: readonly RouteContract[],
    private readonly hasConsole: boolean,
  ) {
    const methods = Map.groupBy(routes, fullPathOf);
    this.paths = [...methods].map(([path, group]) => ({
      pattern: new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      methods: group.flatMap(({ method }) => (method === 'GET' ? READING : [method])),
    }));
  }

  /**
   * For a path that has no route with the method.
   *
   * @param isFile whether a file is served there, which no contract describes
   */
  refusalOf(path: string, isFile = false): DomainError {
    const allow = this.at(path, isFile);
    if (allow.length === 0) return new DomainError('not_found', `There is nothing at ${path}`);
    return new DomainError('method_not_allowed', `${path} takes ${allow.join(', ')} only`, { allow });
  }

  private at(path: string, isFile: boolean): string[] {
    const methods = this.paths.filter(({ pattern }) => pattern.test(path)).flatMap((each) => each.methods);
    if (isFile || (this.hasConsole && isConsolePath(path))) methods.push(...READING);
    return [...new Set(methods)].sort();
  }
}

/** Runs before the body is read, since no handler would read it. */
export function refuseUnknownRoutes(
  fastify: FastifyInstance,
  methods: AllowedMethods,
  problems: ProblemFilter,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const [path = ''] = request.url.split('?');
    if (!hasNoRoute(request, path)) {
      done();
      return;
    }
    const isFile = fastify.hasRoute({ method: 'GET', url: path });
    problems.send(methods.refusalOf(path, isFile), request, reply);
  });
}

function hasNoRoute(request: FastifyRequest, path: string): boolean {
  return request.is404 || (request.routeOptions.url === ANY_PATH && !isConsolePath(path));
}
