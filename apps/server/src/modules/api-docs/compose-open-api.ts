/**
 * Composes the OpenAPI 3.1 document of the API (https://spec.openapis.org/oas/v3.1.1) from the route contracts.
 * Pure: the same contracts give the same document.
 */
import type { LocalizedText } from '@im/contracts/events/define';
import { problemSchema } from '@im/contracts/problem';
import { IDEMPOTENCY_HEADER } from '@im/contracts/api/idempotency';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import {
  fullPathOf,
  pathParametersOf,
  scopesOf,
  ROUTE_TAGS,
  type RouteAnswer,
  type RouteContract,
} from '@im/contracts/routes/route';
import type { PathParameter } from '@im/contracts/routes/route-types';
import { withBodyExample } from './domain/body-examples.js';
import { FieldDescriptions } from './domain/describe-fields.js';
import { API_TITLE, type JsonSchema, type Language } from './domain/document.js';
import { FIELD_TEXTS } from './domain/field-texts/all-texts.js';
import { PATH_PARAMETERS } from './domain/path-parameters.js';
import { pascal, SchemaNames, withoutTraps } from './domain/prepare-for-generators.js';
import { problemStatusesOf } from './domain/problem-statuses.js';
import { SECURITY_SCHEMES } from './domain/security-schemes.js';
import { SchemaCollection } from './json-schemas.js';
import type { z } from 'zod';

export interface OpenApiOptions {
  /** Of the service, such as `1.0.0`. */
  version: string;
  /** Where the service is reached; absent: where the document came from. */
  serverUrl?: string;
  language?: Language;
}

const BASE_REF = '#/components/schemas/';
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const TEXTS = {
  about: {
    en: 'Send events, configure callbacks and see what became of every delivery. Errors are problem documents (RFC 9457); `code` is stable, `requestId` is in the log.',
    zh: '提交事件、配置回调、查询每次投递的结果。错误以 problem 文档（RFC 9457）返回：`code` 稳定不变，`requestId` 可在日志中查到。',
  },
  success: { en: 'Success', zh: '成功' },
  redirect: { en: 'Redirect', zh: '重定向' },
  roles: { en: 'Roles', zh: '角色' },
  public: { en: 'No credentials are needed.', zh: '无需凭据。' },
  scope: { en: 'API token scope', zh: 'API 令牌权限' },
  signed: { en: "The app's own signature is accepted.", zh: '接受应用签名。' },
  portal: { en: 'Portal links that allow', zh: '门户链接权限' },
} as const satisfies Record<string, LocalizedText>;

const KEY_PARAMETER: JsonSchema = {
  name: IDEMPOTENCY_HEADER,
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

/** @returns the document, ready for `JSON.stringify` */
export function composeOpenApi(
  options: OpenApiOptions,
  fields = new FieldDescriptions(FIELD_TEXTS, options.language ?? 'en'),
): JsonSchema & { openapi: string } {
  const language = options.language ?? 'en';
  const schemas = new SchemaCollection(BASE_REF, language);
  const names = new SchemaNames(schemas.named, BASE_REF);
  const problem = schemas.add(problemSchema, 'output');
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of ALL_ROUTES) {
    const path = fullPathOf(route);
    const context = { schemas, names, fields, problem, language };
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route, context);
  }
  names.nameAll();
  const described = mapValues(schemas.named, (schema, name) => fields.describe(schema, name));
  return {
    openapi: '3.1.1',
    info: { title: API_TITLE[language], version: options.version, description: TEXTS.about[language] },
    servers: [{ url: options.serverUrl ?? '/' }],
    tags: Object.entries(ROUTE_TAGS).map(([name, text]) => ({ name, description: text[language] })),
    paths: mapValues(paths, (path) => mapValues(path, (operation) => withBodyExample(operation, described))),
    components: { schemas: described, securitySchemes: SECURITY_SCHEMES },
  };
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

interface OperationContext {
  schemas: SchemaCollection;
  names: SchemaNames;
  fields: FieldDescriptions;
  problem: JsonSchema;
  language: Language;
}

function operationOf(route: RouteContract, context: OperationContext): JsonSchema {
  const { language } = context;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary[language],
    description: descriptionOf(route, language),
    security: securityOf(route),
    parameters: parametersOf(route, context),
    ...(route.body && {
      requestBody: {
        required: route.isBodyOptional !== true,
        content: { 'application/json': { schema: bodyOf(route.operationId, route.body, context) } },
      },
    }),
    responses: { ...successesOf(route, context), ...problemsOf(route, context) },
  };
}

function bodyOf(operationId: string, body: z.ZodType, { schemas, names }: OperationContext): JsonSchema {
  return names.refer(schemas.add(body, 'input'), `${pascal(operationId)}Request`);
}

function descriptionOf(route: RouteContract, language: Language): string {
  const lines = route.description ? [route.description[language]] : [];
  if (route.access === 'public') {
    lines.push(TEXTS.public[language]);
  } else {
    const { roles, allowsAppSignature, portal } = route.access;
    const scopes = scopesOf(route.access).map((scope) => `\`${scope}\``);
    const who = [`${TEXTS.roles[language]}: ${roles.join(', ')}`];
    if (scopes.length > 0) who.push(`${TEXTS.scope[language]}: ${scopes.join(', ')}`);
    if (portal) who.push(`${TEXTS.portal[language]}: \`${portal}\``);
    lines.push(`${who.join(' · ')}.`);
    if (allowsAppSignature) lines.push(TEXTS.signed[language]);
  }
  return lines.join('\n\n');
}

function securityOf({ access }: RouteContract): JsonSchema[] {
  if (access === 'public') return [];
  return [
    { session: [] },
    ...scopesOf(access).map((scope) => ({ apiToken: [scope] })),
    ...(access.portal ? [{ portalLink: [access.portal] }] : []),
    ...(access.allowsAppSignature ? [{ appSignature: [] }] : []),
  ];
}

function parametersOf(route: RouteContract, { schemas, fields, language }: OperationContext): JsonSchema[] {
  const inPath = pathParametersOf(route.path).map((name) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name as PathParameter][language],
    schema: { type: 'string' },
    example: PATH_PARAMETERS[name as PathParameter].example,
  }));
  const inHeaders = Object.entries(route.headers ?? {}).map(([name, text]) => ({
    name,
    in: 'header',
    description: text[language],
    schema: { type: 'string' },
  }));
  const others = [
    ...(route.query ? queryParametersOf(schemas.add(route.query, 'input')) : []),
    ...inHeaders,
    ...(route.idempotency ? [KEY_PARAMETER] : []),
  ];
  const name = `${pascal(route.operationId)}Parameter`;
  return [...inPath, ...others.map((parameter) => fields.describeParameter(parameter, name))];
}

/** A repeated answer lacks what is shown only once, so that is no required member. */
function withoutRequired(schema: JsonSchema, { named }: SchemaCollection, secrets: readonly string[]): void {
  const { data } = (schema.properties ?? {}) as { data?: JsonSchema };
  const name = typeof data?.$ref === 'string' ? data.$ref.split('/').at(-1) : undefined;
  const target = name === undefined ? data : named[name];
  if (target)
    target.required = ((target.required ?? []) as string[]).filter((each) => !secrets.includes(each));
}

function queryParametersOf(query: JsonSchema): JsonSchema[] {
  const properties = (query.properties ?? {}) as Record<string, JsonSchema>;
  const required = new Set((query.required ?? []) as string[]);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    ...(required.has(name) && { required: true }),
    schema: withoutTraps(schema),
  }));
}

function successesOf(route: RouteContract, context: OperationContext): JsonSchema {
  const { answer, otherAnswer } = route;
  return {
    ...(otherAnswer && successOf(otherAnswer, route, context)),
    ...successOf(answer, route, context),
  };
}

function successOf(
  answer: RouteAnswer,
  { operationId, idempotency }: RouteContract,
  { schemas, names, fields, language }: OperationContext,
): JsonSchema {
  const description = TEXTS[answer.status === 302 ? 'redirect' : 'success'][language];
  if ('mediaTypes' in answer) {
    const content = Object.fromEntries(
      answer.mediaTypes.map((type) => [type, { schema: { type: 'string' } }]),
    );
    return { [answer.status]: { description, content } };
  }
  if (!('schema' in answer)) return { [answer.status]: { description } };
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, text]) => [
      name,
      { description: text[language], schema: { type: 'string' } },
    ]),
  );
  const schema = schemas.add(answer.schema, 'output');
  if (idempotency) withoutRequired(schema, schemas, idempotency.secrets);
  const name = `${pascal(operationId)}Answer`;
  const content = {
    'application/json': { schema: fields.describe(names.below(schema, name), name) },
  };
  return { [answer.status]: { description, ...(answer.headers && { headers }), content } };
}

function problemsOf(route: RouteContract, { problem }: OperationContext): JsonSchema {
  return Object.fromEntries(
    [...problemStatusesOf(route)].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: problem } },
      },
    ]),
  );
}
