/** Lists limits of event types, without zod: the console's form uses them. */

/** Bytes of a JSON Schema, and of an example, as JSON. */
export const EVENT_TYPE_SCHEMA_BYTES = 32_768;
export const EVENT_TYPE_EXAMPLE_BYTES = 16_384;
/** Characters of a description, in each language. */
export const MAX_EVENT_TYPE_DESCRIPTION = 500;
/** Event types of one tenant, and versions of one of them. */
export const MAX_EVENT_TYPES = 500;
export const MAX_EVENT_TYPE_VERSIONS = 1_000;
/** Subscribers that the usage of one event type names. */
export const MAX_NAMED_SUBSCRIBERS = 100;
