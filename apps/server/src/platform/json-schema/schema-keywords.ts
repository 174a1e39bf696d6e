/** Lists keywords of JSON Schema that contain schemas. */

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
