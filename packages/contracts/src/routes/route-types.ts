/** Derives the types of a call from its route; nothing here exists at run time. */
import type { z } from 'zod';
import type { ApiRoute } from './all-routes.js';

/** A method and a path as in `GET /apps/{appKey}/webhooks`. */
type KeyOf<R extends ApiRoute> = `${R['method']} ${R['path']}`;

/** The routes below the base of the API that answer JSON or nothing; downloads, streams and redirects are no calls. */
type Callable = Exclude<
  Extract<ApiRoute, { answer: { schema: z.ZodType } | { status: 204 } }>,
  { isOutsideOfApi: true }
>;
type Routes = { [R in Callable as KeyOf<R>]: R };

export type RouteKey = keyof Routes;
type RouteOf<K extends RouteKey> = Routes[K];

/** The names in braces. */
export type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** Every name in braces there is. */
export type PathParameter = ParameterOf<ApiRoute['path']>;

/** The values of the names in braces; `never` where there are none. */
export type PathParametersOf<K extends RouteKey> = [ParameterOf<K>] extends [never]
  ? never
  : Readonly<Record<ParameterOf<K>, string>>;

/** The schema of one part of a route; `never` where it has none. */
export type SchemaIn<R, Part extends string> =
  R extends Readonly<Record<Part, infer S extends z.ZodType>> ? S : never;

/** What may be sent as query; `never` where the route takes none. */
export type QueryOf<K extends RouteKey> = z.input<SchemaIn<RouteOf<K>, 'query'>>;

/** What may be sent as body; `never` where the route takes none. */
export type BodyOf<K extends RouteKey> = z.input<SchemaIn<RouteOf<K>, 'body'>>;

/** Whether the body may be left out. */
export type HasOptionalBody<K extends RouteKey> = RouteOf<K> extends { isBodyOptional: true } ? true : false;

/** Whether the route compares `If-Match` with the revision that is stored. */
export type ComparesRevision<K extends RouteKey> =
  RouteOf<K> extends { headers: { 'If-Match': unknown } } ? true : false;

/** The JSON that is answered: a page as it is, of a single thing its `data`, `undefined` for an answer without body. */
export type AnswerOf<K extends RouteKey> =
  Unwrapped<z.output<SchemaIn<RouteOf<K>['answer'], 'schema'>>> | OtherAnswerOf<RouteOf<K>>;
type OtherAnswerOf<R> =
  R extends Readonly<{ otherAnswer: { schema: infer S extends z.ZodType } }> ? Unwrapped<z.output<S>> : never;
type Unwrapped<Body> = [Body] extends [never]
  ? undefined
  : Body extends { data: unknown; page: unknown }
    ? Body
    : Body extends { data: infer Data }
      ? Data
      : Body;
