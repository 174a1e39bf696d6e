/** Defines who gets the events of a type, and how many deliveries there are of them. */
import { z } from 'zod';
import { eventTypeOriginSchema } from './event-types.js';

const usage = {
  name: z.string(),
  origin: eventTypeOriginSchema,
  /** Whether it overrides a built-in one of that name. */
  overridesBuiltIn: z.boolean(),
  description: z.object({ zh: z.string(), en: z.string() }),
  /** Webhooks of the tenant that want its events, by name, by a family or because they want all; disabled ones too. */
  subscribers: z.number().int(),
  /** Deliveries of its events that were created in the last 24 hours, test sends left out. */
  deliveriesLastDay: z.number().int(),
};

export const eventTypeUsageSchema = z.object(usage).meta({ id: 'EventTypeUsage' });
export type EventTypeUsage = z.infer<typeof eventTypeUsageSchema>;

export const eventSubscriberSchema = z
  .object({
    appKey: z.string(),
    appName: z.string(),
    webhookId: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    /** The entry of its `events` that wants the event: the name or a family; null: it wants all events. */
    pattern: z.string().nullable(),
  })
  .meta({ id: 'EventSubscriber' });
export type EventSubscriber = z.infer<typeof eventSubscriberSchema>;

export const eventTypeSubscribersSchema = z
  .object({
    ...usage,
    /** Of the subscribers those that name it among their events; while there are any, it cannot be deleted. */
    naming: z.number().int(),
    /** The first 100 subscribers, those that name it first, then by app. */
    webhooks: z.array(eventSubscriberSchema),
  })
  .meta({ id: 'EventTypeSubscribers' });
export type EventTypeSubscribers = z.infer<typeof eventTypeSubscribersSchema>;
