import { z } from 'zod';
import { instantSchema, plainText } from './common.js';
import { successRates } from './success-rates.js';

export const statisticsPeriodSchema = z.enum(['minute', 'hour', 'day', 'week', 'month']);
export type StatisticsPeriod = z.infer<typeof statisticsPeriodSchema>;

/** How many buckets there are without a given time: the current one, and those before it. */
export const DEFAULT_BUCKETS: Readonly<Record<StatisticsPeriod, number>> = {
  minute: 60,
  hour: 24,
  day: 30,
  week: 12,
  month: 12,
};

/** In answers of at most this many buckets, each webhook of an app has its own series. */
export const MAX_COURSE_BUCKETS = 48;
/** The limit of buckets in one answer. */
export const MAX_BUCKETS = 1_000;
/** Of minutes: six hours that begin within a minute. They are counted from the deliveries themselves, while these are kept. */
export const MAX_MINUTE_BUCKETS = 361;

/** A name such as `Asia/Shanghai`; a bare offset is refused, since it has no daylight saving. */
const timeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => /^[A-Za-z]/.test(name) && isTimeZone(name), 'is not the name of an IANA time zone');

export const statisticsQuerySchema = z.strictObject({
  /** Length of a bucket; weeks begin on Monday. */
  period: statisticsPeriodSchema.default('day'),
  /** Creation time of deliveries; its whole bucket counts. */
  from: instantSchema.optional(),
  /** The whole bucket counts that it ends or cuts. */
  to: instantSchema.optional(),
  /** Only deliveries of this event. */
  event: plainText(1, 100).optional(),
  /** IANA name of the time zone whose hours, days, weeks and months are meant. */
  timeZone: timeZoneSchema.default('UTC'),
});
export type StatisticsQuery = z.output<typeof statisticsQuerySchema>;

const counts = {
  /** Deliveries created in the span, test sends left out: the sum of the five below. */
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  canceled: z.number().int(),
  skipped: z.number().int(),
  pending: z.number().int(),
  /** Requests made for these deliveries; of a batch one for each delivery in it. */
  attempts: z.number().int(),
  ...successRates,
  /** Of the attempts that ended the deliveries, milliseconds; null when there were none. */
  meanMs: z.number().nullable(),
  /** The median. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
};

export const statisticsCountsSchema = z.object(counts).meta({ id: 'StatisticsCounts' });
export type StatisticsCounts = z.infer<typeof statisticsCountsSchema>;

const bucketSchema = z
  .object({
    /** Inclusive. */
    from: z.string(),
    /** Exclusive. */
    to: z.string(),
    ...counts,
  })
  .meta({ id: 'StatisticsBucket' });

const ofEventSchema = z.object({ event: z.string(), ...counts }).meta({ id: 'EventStatistics' });

const ofWebhookSchema = z
  .object({
    webhookId: z.string(),
    name: z.string(),
    isDeleted: z.boolean(),
    ...counts,
    /** `total` of each bucket; null when there are more than 48 buckets. */
    course: z.array(z.number().int()).nullable(),
  })
  .meta({ id: 'StatisticsOfWebhook' });

const statistics = {
  period: statisticsPeriodSchema,
  timeZone: z.string(),
  /** The event asked for; null: all. */
  event: z.string().nullable(),
  /** Where the first bucket begins. */
  from: z.string(),
  /** Where the last bucket ends. */
  to: z.string(),
  /** A percentile differs from the exact one (nearest rank) by at most this share of it. Counts and means are exact. */
  errorBound: z.number(),
  overall: statisticsCountsSchema,
  /** One after the other, without gaps, empty ones too. */
  buckets: z.array(bucketSchema),
  /** Events that had deliveries, by name. */
  byEvent: z.array(ofEventSchema),
};

export const webhookStatisticsSchema = z.object(statistics).meta({ id: 'WebhookStatistics' });
export type WebhookStatistics = z.infer<typeof webhookStatisticsSchema>;

export const appStatisticsSchema = z
  .object({
    ...statistics,
    /** The app's webhooks, oldest first; deleted ones that had deliveries too. */
    byWebhook: z.array(ofWebhookSchema),
  })
  .meta({ id: 'AppStatistics' });
export type AppStatistics = z.infer<typeof appStatisticsSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
