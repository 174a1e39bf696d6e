/** Lists the keywords of JSON Schema (draft 2020-12) that schemas of tenants may have, and the formats that are checked. */

export const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set(
  'not if then else items contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties'.split(
    ' ',
  ),
);

export const LISTS_OF_SCHEMAS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);

export const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);

/** Of the others those that are known: they contain no schemas. */
export const PLAIN_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems ' +
    'minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired format $ref ' +
    'title description default examples deprecated readOnly writeOnly $comment contentEncoding contentMediaType'
  ).split(' '),
);

/** Values of `format`. */
export const SCHEMA_FORMAT_NAMES = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uuid',
  'json-pointer',
] as const;
