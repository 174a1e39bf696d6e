import { z } from 'zod';
import { WEEKDAYS } from './alert-constants.js';
import { boundedList } from './bounded.js';

export const weekdaySchema = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof weekdaySchema>;

/** A local time of day, `00:00` to `23:59`. */
export const wallTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

/** A name of the IANA time zone database, such as `Asia/Shanghai`. */
export const timeZoneSchema = z
  .string()
  .min(1, { abort: true })
  .max(64, { abort: true })
  .refine(isTimeZone, 'must be a time zone such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Quiet hours as answered: in full. */
export const quietHoursSchema = z
  .object({
    timeZone: z.string(),
    from: z.string(),
    /** At or before `from`: on the next day. */
    to: z.string(),
    /** The days on which they begin. */
    days: z.array(weekdaySchema),
    /** Critical alerts are notified anyway. */
    allowCritical: z.boolean(),
  })
  .meta({ id: 'QuietHours' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Quiet hours as a client writes them. */
export const quietHoursInputSchema = z
  .strictObject({
    timeZone: timeZoneSchema,
    from: wallTimeSchema,
    to: wallTimeSchema,
    days: boundedList(weekdaySchema, 7)
      .min(1)
      .refine((days) => new Set(days).size === days.length, 'must name each day once')
      .default([...weekdaySchema.options]),
    allowCritical: z.boolean().default(true),
  })
  .refine(({ from, to, days }) => from !== to || days.length < 7, {
    path: ['to'],
    message: 'would leave no time at all: let it differ from "from", or leave a day out',
  });
