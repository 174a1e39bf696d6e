/** Defines event types of tenants, in addition to the built-in ones. */
import { z } from 'zod';
import { eventNameSchema } from '../events/name-schemas.js';
import { jsonObject } from './bounded.js';
import { externalIdSchema, pageQuerySchema, plainText } from './common.js';
import { MAX_EVENT_TYPE_DESCRIPTION } from './event-type-constants.js';

const jsonObjectSchema = jsonObject();

const descriptionSchema = z.strictObject({
  zh: plainText(0, MAX_EVENT_TYPE_DESCRIPTION).default(''),
  en: plainText(0, MAX_EVENT_TYPE_DESCRIPTION).default(''),
});

export const createEventTypeRequestSchema = z.strictObject({
  /**
   * Letters, digits, `_` and `-`, parts separated by one of `.`, `/` and `:`, such as `order.paid`, `pull_request` or
   * `orders/create`. First parts that are kinds of IM servers are reserved for those.
   */
  name: eventNameSchema,
  description: descriptionSchema.default({ zh: '', en: '' }),
  /** Unique among the tenant's event types; `ext:<externalId>` in paths. */
  externalId: externalIdSchema.nullable().optional(),
  /** What `data` must be: JSON Schema, draft 2020-12. */
  schema: jsonObjectSchema,
  /** A complete `data` that fits the schema; test sends use it. */
  example: jsonObjectSchema,
  /**
   * Required for the name of a built-in event type: from then on all apps of the tenant use this schema for that name
   * instead of the built-in one.
   */
  overridesBuiltIn: z.boolean().optional(),
});
export type CreateEventTypeRequest = z.input<typeof createEventTypeRequestSchema>;

/** Absent fields stay. A changed schema makes a new version; an unchanged example must fit it. */
export const updateEventTypeRequestSchema = z
  .strictObject({
    description: z
      .strictObject({
        zh: plainText(0, MAX_EVENT_TYPE_DESCRIPTION),
        en: plainText(0, MAX_EVENT_TYPE_DESCRIPTION),
      })
      .partial(),
    externalId: externalIdSchema.nullable(),
    schema: jsonObjectSchema,
    example: jsonObjectSchema,
  })
  .partial();
export type UpdateEventTypeRequest = z.input<typeof updateEventTypeRequestSchema>;

/** `built_in`: comes with the service and cannot be changed; `own`: the tenant's. */
export const eventTypeOriginSchema = z.enum(['built_in', 'own']);
export type EventTypeOrigin = z.infer<typeof eventTypeOriginSchema>;

export const eventTypeSchema = z
  .object({
    name: z.string(),
    origin: eventTypeOriginSchema,
    /** Whether it overrides a built-in one of that name. */
    overridesBuiltIn: z.boolean(),
    description: z.object({ zh: z.string(), en: z.string() }),
    /** The id that the caller's own system has for it; null: none. */
    externalId: z.string().nullable(),
    /** Of the schema, counted from 1; null for built-in ones. */
    version: z.number().int().nullable(),
    schema: jsonObjectSchema,
    example: jsonObjectSchema,
    createdAt: z.string().nullable(),
    updatedAt: z.string().nullable(),
    createdBy: z.string().nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'EventType' });
export type EventType = z.infer<typeof eventTypeSchema>;

export const eventTypeVersionSchema = z
  .object({
    name: z.string(),
    version: z.number().int(),
    schema: jsonObjectSchema,
    example: jsonObjectSchema,
    /** Events received since then, until the next version, were checked against this one. */
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'EventTypeVersion' });
export type EventTypeVersion = z.infer<typeof eventTypeVersionSchema>;

export const listEventTypesQuerySchema = pageQuerySchema.extend({
  origin: eventTypeOriginSchema.optional(),
});
export type ListEventTypesQuery = z.input<typeof listEventTypesQuerySchema>;

export const listEventTypeVersionsQuerySchema = pageQuerySchema;
