/** Defines what a route of the API takes, answers and requires of its caller, for the server, OpenAPI and the tests. */
import { z } from 'zod';
import type { ApiTokenScope } from '../api/api-tokens.js';
import type { AuditAction } from '../api/audit.js';
import { roleSchema, type Role } from '../api/auth.js';
import type { LocalizedText } from '../events/define.js';
import type { PortalPermission } from '../api/portal-links.js';
import type { ErrorCode } from '../problem.js';

/** The prefix of every path, except those with {@link RouteContract.isOutsideOfApi}. */
export const API_BASE = '/api/v1';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const ALL_ROLES: readonly Role[] = roleSchema.options;
export const ADMIN_AND_DEVELOPER: readonly Role[] = ['admin', 'developer'];
export const ADMIN_ONLY: readonly Role[] = ['admin'];

/** Who may call a route; a caller of a kind that is not named here is refused. */
export interface AccessRule {
  roles: readonly Role[];
  /** The API token scope that opens the route; absent: no API token does. */
  scope?: ApiTokenScope;
  /** A wider scope that opens the route as well: it did before `scope` existed. */
  widerScope?: ApiTokenScope;
  /** Whether the app's own signature opens the route. */
  allowsAppSignature?: boolean;
  /** The permission of a portal link that opens the route; absent: no portal link does. */
  portal?: PortalPermission;
  /** Closed to API tokens that are bound to one app, because the resource belongs to all apps of the tenant. */
  isForWholeTenant?: boolean;
  /** Only for operators of the installation, who manage its tenants. */
  isForOperators?: boolean;
  /** Open to a member who still has to set up the second factor that the tenant requires. */
  isOpenBeforeSecondFactor?: boolean;
  /** Open to a member who still has to change a password that another member set. */
  isOpenBeforePasswordChange?: boolean;
}

export interface DataAnswer {
  status: 200 | 201 | 202;
  /** Of the whole JSON body; see {@link singleOf} and {@link pageOf}. */
  schema: z.ZodType;
  /** Response headers a caller should know of. */
  headers?: Readonly<Record<string, LocalizedText>>;
}
export interface EmptyAnswer {
  status: 204;
}
/** A download or a stream; the description says what it contains. */
export interface MediaAnswer {
  status: 200;
  mediaTypes: readonly [string, ...string[]];
}
export interface RedirectAnswer {
  status: 302;
}
export type RouteAnswer = DataAnswer | EmptyAnswer | MediaAnswer | RedirectAnswer;

export interface RouteContract {
  /** A verb and a noun in camelCase, unique in the API. */
  operationId: string;
  method: HttpMethod;
  /** Below {@link API_BASE}, parameters in braces: `/apps/{appKey}/webhooks`. */
  path: `/${string}`;
  tag: RouteTag;
  /** One line. */
  summary: LocalizedText;
  description?: LocalizedText;
  access: 'public' | AccessRule;
  /** The action in the audit log; of several, the first one is the default. */
  audit?: AuditAction | readonly [AuditAction, ...AuditAction[]];
  query?: z.ZodObject;
  /** Request headers the route reads in addition to those of authentication. */
  headers?: Readonly<Record<string, LocalizedText>>;
  body?: z.ZodType;
  /** The body may be left out. */
  isBodyOptional?: boolean;
  /**
   * The route takes an `Idempotency-Key`: repeated within 24 h, the request is answered as the first one was, without
   * the secrets of `data` that are shown only once.
   */
  idempotency?: { secrets: readonly string[] };
  /** The route checks the body by itself, item by item or with schemas of the tenant. */
  checksOwnBody?: boolean;
  answer: RouteAnswer;
  /** Answered instead to requests that ask for it; the description says which. */
  otherAnswer?: DataAnswer;
  /** Error codes beyond those that follow from access, parameters, query and body. */
  problems?: readonly ErrorCode[];
  /** The path is relative to the root of the server. */
  isOutsideOfApi?: boolean;
}

/** The areas of the API, in the order in which documents show them. */
export const ROUTE_TAGS = {
  events: { en: 'Events', zh: '事件' },
  before: { en: 'Before-callbacks', zh: '前置回调' },
  sources: { en: 'IM sources', zh: 'IM 来源' },
  webhooks: { en: 'Webhooks', zh: '回调' },
  deliveries: { en: 'Deliveries', zh: '投递' },
  recoveries: { en: 'Recoveries', zh: '批量恢复' },
  insights: { en: 'Statistics and answers', zh: '统计与诊断' },
  alerts: { en: 'Alerts', zh: '告警' },
  'notification-channels': { en: 'Notification channels', zh: '通知渠道' },
  'event-types': { en: 'Event types', zh: '事件类型' },
  apps: { en: 'Apps', zh: '应用' },
  familiar: { en: 'For clients of another webhook API', zh: '兼容其他 Webhook API' },
  portal: { en: 'Portal links', zh: '门户链接' },
  access: { en: 'Members and API tokens', zh: '成员与 API 令牌' },
  auth: { en: 'Sessions', zh: '登录' },
  tenants: { en: 'Tenants', zh: '租户' },
  operations: { en: 'Operations', zh: '运维' },
} as const satisfies Record<string, LocalizedText>;
export type RouteTag = keyof typeof ROUTE_TAGS;

/** The scopes of which an API token needs one. */
export function scopesOf({ scope, widerScope }: AccessRule): ApiTokenScope[] {
  return [scope, widerScope].filter((each) => each !== undefined);
}

/** Keeps the types of the route's own schemas. */
export function defineRoute<const R extends RouteContract>(route: R): R {
  return route;
}

/** `{data}`: one thing. */
export function singleOf<T extends z.ZodType>(schema: T) {
  return z.object({ data: schema });
}

/** `{data, page}`: a page of a list. */
export function pageOf<T extends z.ZodType>(schema: T) {
  return z.object({ data: z.array(schema), page: z.object({ nextCursor: z.string().nullable() }) });
}

/** The route's path from the root of the server, parameters in braces. */
export function fullPathOf({ path, isOutsideOfApi }: RouteContract): string {
  return isOutsideOfApi ? path : API_BASE + path;
}

/** The names in braces, in order. */
export function pathParametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}
