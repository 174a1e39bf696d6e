/**
 * Compares every answer in tests with the OpenAPI document: its status must be documented for the route, its body must
 * fit the schema, and every error must be a problem document with a documented code.
 */
import { problemSchema } from '@im/contracts/problem';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { fullPathOf, pathParametersOf, type RouteContract } from '@im/contracts/routes/route';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { composeOpenApi, PROBLEM_MEDIA_TYPE } from '../modules/api-docs/compose-open-api.js';
import { problemStatusesOf } from '../modules/api-docs/domain/problem-statuses.js';

export interface ObservedAnswer {
  method: string;
  /** With or without query. */
  url: string;
  status: number;
  contentType: string;
  /** The parsed body, when it was JSON. */
  body: unknown;
}

const DOCUMENT_ID = 'openapi.json';
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);
ajv.addSchema(composeOpenApi({ version: '0.0.0' }), DOCUMENT_ID);

const matchers = ALL_ROUTES.map((route) => ({ route, pattern: patternOf(fullPathOf(route)) }))
  // `/deliveries/export` goes before `/deliveries/{deliveryId}`.
  .sort((one, other) => parameterCount(one.route) - parameterCount(other.route));
const validators = new Map<string, ValidateFunction>();

function routeOf(method: string, url: string): RouteContract | undefined {
  const [path = ''] = url.split('?');
  return matchers.find(({ route, pattern }) => route.method === method && pattern.test(path))?.route;
}

/** @throws Error that says what does not conform */
export function checkConformance(answer: ObservedAnswer): void {
  const fault = faultOf(answer);
  if (fault === undefined) return;
  const { method, url, status, body } = answer;
  throw new Error(
    `${method} ${url} answered ${status}: ${fault}\n${JSON.stringify(body ?? null).slice(0, 2000)}`,
  );
}

function faultOf(answer: ObservedAnswer): string | undefined {
  const route = routeOf(answer.method, answer.url);
  if (answer.status >= 400) return problemFaultOf(answer, route);
  if (!route) return undefined;
  if (answer.status === route.otherAnswer?.status) return schemaFaultOf(answer, route);
  if (answer.status !== route.answer.status) return `the document does not know ${answer.status}`;
  if ('mediaTypes' in route.answer) return mediaFaultOf(answer, route.answer.mediaTypes);
  if (!('schema' in route.answer)) return answer.body === undefined ? undefined : 'it has a body';
  return schemaFaultOf(answer, route);
}

function schemaFaultOf({ status, body }: ObservedAnswer, route: RouteContract): string | undefined {
  const validate = validatorOf(route, status);
  return validate(body) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'body' });
}

function mediaFaultOf({ contentType }: ObservedAnswer, mediaTypes: readonly string[]): string | undefined {
  const isKnown = mediaTypes.some((type) => contentType.startsWith(type));
  return isKnown ? undefined : `its type is ${contentType}, not ${mediaTypes.join(' or ')}`;
}

function problemFaultOf(answer: ObservedAnswer, route: RouteContract | undefined): string | undefined {
  if (!answer.contentType.startsWith(PROBLEM_MEDIA_TYPE)) return `its type is ${answer.contentType}`;
  const problem = problemSchema.strict().safeParse(answer.body);
  if (!problem.success) return `it is no problem document: ${problem.error.message}`;
  if (problem.data.status !== answer.status) return `its body says ${problem.data.status}`;
  if (!route) return undefined;
  const codes = problemStatusesOf(route).get(answer.status) ?? [];
  return codes.includes(problem.data.code) ? undefined : `${problem.data.code} is not documented`;
}

function validatorOf(route: RouteContract, status: number): ValidateFunction {
  const key = `${route.operationId} ${String(status)}`;
  const known = validators.get(key);
  if (known) return known;
  const pointer = ['paths', fullPathOf(route), route.method.toLowerCase(), 'responses', status]
    .concat(['content', 'application/json', 'schema'])
    .map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `${DOCUMENT_ID}#/${pointer}` });
  validators.set(key, validate);
  return validate;
}

function parameterCount(route: RouteContract): number {
  return pathParametersOf(route.path).length;
}

function patternOf(path: string): RegExp {
  const source = path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
