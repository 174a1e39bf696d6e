/** Defines how properties and parameters are described, with values that several examples share. */

import { findEvent } from '@im/contracts/events/catalogue';

/**
 * What a property or parameter means, in both languages, and a value it may have.
 *
 * A last sentence that begins with `null:` (`null 表示`) is left out where the value cannot be null. No value is needed
 * where the schema has one in itself: its default, the first of its allowed values, `true`.
 */
export type FieldText = readonly [en: string, zh: string, example?: unknown];

/**
 * Descriptions by name. `total` describes each property and parameter of this name, `skipped.total` those within a
 * property `skipped`, and `Recovery.total` those in schemas with the word `Recovery` in their names, such as
 * `StartRecoveryRequest`. Where several fit, the longest path wins, then the longest word of the schema's name. So a name
 * alone has to be true of all that nothing else describes.
 *
 * Parameters of `listEvents` are in the schema `ListEventsParameter`; an answer that has no name is in the schema
 * `ListEventsAnswer`.
 */
export type FieldTexts = Readonly<Record<string, FieldText>>;

export const ID = '019a3c5e-7b2d-7c4a-9f31-2f6b8d5e1a70';
export const TIME = '2026-11-20T02:04:11.000Z';
export const LATER = '2026-11-21T02:04:11.000Z';
export const APP_KEY = 'ak_7f3kq9m2xw5t8b4n6p1d';
export const CALLBACK_URL = 'https://im.example.com/callbacks';
export const EMAIL = 'ops@example.com';
export const SECRET = 'a secret of 32 characters or more';
/** The payload of `message.sent`. */
export const MESSAGE = findEvent('message.sent')?.example;
