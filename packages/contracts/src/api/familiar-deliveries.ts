/** Defines deliveries and statistics of a webhook as `/api/webhooks` answers them. */
import { z } from 'zod';
import { eventPatternSchema } from '../events/name-schemas.js';
import { instantSchema } from './common.js';
import {
  familiarDeliveryStatusSchema,
  familiarPageFields,
  familiarPaginationSchema,
  familiarRecentDeliverySchema,
  familiarSuccessRateSchema,
  familiarTimeSchema,
} from './familiar-webhooks.js';
import { statisticsPeriodSchema } from './statistics.js';

/** ISO 8601: a day, which means all of it in UTC, or an instant with an offset or `Z`. */
const dateSchema = z.union([
  z.iso.date().refine((date) => date >= '1970-01-01' && date <= '9999-12-30', 'must lie after 1969'),
  instantSchema,
]);

export const familiarListDeliveriesQuerySchema = z.strictObject({
  ...familiarPageFields,
  status: familiarDeliveryStatusSchema.optional(),
  /** A name, or a family such as `build.*`. */
  event_type: eventPatternSchema.optional(),
  /** Time of creation, inclusive. */
  start_date: dateSchema.optional(),
  /** Time of creation, inclusive. */
  end_date: dateSchema.optional(),
});
export type FamiliarListDeliveriesQuery = z.output<typeof familiarListDeliveriesQuerySchema>;

export const familiarDeliverySchema = familiarRecentDeliverySchema
  .extend({
    webhook_id: z.string(),
    event_id: z.string(),
    /** Of the last attempt. */
    response_body: z.string().nullable(),
    /** When the next attempt is due; null unless it waits. */
    next_retry: z.string().nullable(),
    /** null: it is no longer kept. */
    payload: z.object({ event: z.string(), timestamp: z.string(), data: z.unknown() }).nullable(),
  })
  .meta({ id: 'FamiliarDelivery' });
export type FamiliarDelivery = z.infer<typeof familiarDeliverySchema>;

export const familiarDeliveryPageSchema = z.object({
  deliveries: z.array(familiarDeliverySchema),
  /** That fit the filters, test sends too; counted to 100,000. */
  total: z.number().int(),
  pagination: familiarPaginationSchema,
  /** Of the webhook, of all time, whatever the filters; test sends do not count. */
  stats: z.object({
    total_deliveries: z.number().int(),
    successful_deliveries: z.number().int(),
    failed_deliveries: z.number().int(),
    pending_deliveries: z.number().int(),
    success_rate: familiarSuccessRateSchema,
  }),
});
export type FamiliarDeliveryPage = z.infer<typeof familiarDeliveryPageSchema>;

export const familiarRedeliverySchema = z
  .object({
    delivery_id: z.string(),
    original_delivery_id: z.string(),
    event_type: z.string(),
    status: familiarDeliveryStatusSchema,
    scheduled_at: z.string(),
    webhook_url: z.string(),
  })
  .meta({ id: 'FamiliarRedelivery' });
export type FamiliarRedelivery = z.infer<typeof familiarRedeliverySchema>;

export const familiarStatisticsQuerySchema = z.strictObject({
  period: statisticsPeriodSchema.exclude(['minute']).default('day'),
  /** Its whole period counts. */
  start_date: dateSchema.optional(),
  /** Its whole period counts. */
  end_date: dateSchema.optional(),
});
export type FamiliarStatisticsQuery = z.output<typeof familiarStatisticsQuerySchema>;

const counts = {
  total_deliveries: z.number().int(),
  successful_deliveries: z.number().int(),
  failed_deliveries: z.number().int(),
  success_rate: familiarSuccessRateSchema,
};

export const familiarStatisticsSchema = z
  .object({
    webhook_id: z.string(),
    period: statisticsPeriodSchema,
    start_date: z.string(),
    /** Its last second. */
    end_date: z.string(),
    overall_stats: z.object({
      ...counts,
      pending_deliveries: z.number().int(),
      average_response_time: familiarTimeSchema,
      median_response_time: familiarTimeSchema,
      p95_response_time: familiarTimeSchema,
    }),
    /** One for each period that had deliveries, oldest first. */
    daily_stats: z.array(
      z.object({
        /** `2024-01-01`; of the period `hour` with its time. */
        date: z.string(),
        ...counts,
        average_response_time: familiarTimeSchema,
      }),
    ),
    /** One for each event type that had deliveries, by name. */
    event_type_stats: z.array(z.object({ event_type: z.string(), ...counts })),
  })
  .meta({ id: 'FamiliarStatistics' });
export type FamiliarStatistics = z.infer<typeof familiarStatisticsSchema>;
