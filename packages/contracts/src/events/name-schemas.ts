/** Checks the names of events and what webhooks subscribe to. */
import { z } from 'zod';
import { EVENT_NAME, EVENT_PATTERN, MAX_EVENT_NAME_LENGTH } from './names.js';

export const eventNameSchema = z
  .string()
  .max(MAX_EVENT_NAME_LENGTH)
  .regex(
    EVENT_NAME,
    'is not an event name such as message.sent, pull_request or orders/create (letters, digits, _ and -, parts separated by one of . / :)',
  );

export const eventPatternSchema = z
  .string()
  .max(MAX_EVENT_NAME_LENGTH)
  .regex(
    EVENT_PATTERN,
    'is not an event name such as message.sent or a family such as message.* (an empty list means every event)',
  );
