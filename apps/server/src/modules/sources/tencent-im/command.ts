/** Defines an entry of the mapping tables: what a command of Tencent Cloud Chat becomes. */
import type { Field, Fields } from './field-sources.js';
import { bodiesOf, idOf, valueAt, type Body } from './read-values.js';

export interface Mapping {
  /** A name of the catalogue. */
  event: string;
  /** The mapping holds while the field has one of these values; '' is an absent field. */
  only?: { field: string; is: readonly string[] };
  /** One event for each item, with its fields put over those of the body. */
  each?: { from: string; items: (body: Body) => readonly Body[] | undefined };
  fields: Fields;
}

export interface TencentCommand {
  command: string;
  /** The vendor's page that the entry is from. */
  page: string;
  /** The first one that holds counts; none, or too few fields: `tencent-im.<command>` with the original body. */
  mappings: readonly Mapping[];
  /** Of all its events; absent: events without a conversation. */
  conversation?: Field;
  /** The body's fields that no other event has; absent: a repetition is recognised by its bytes. */
  key?: Field;
}

/** The items of a list: `each: itemsOf('PairList')`. */
export function itemsOf(list: string): Required<Mapping>['each'] {
  return { from: list, items: (body) => bodiesOf(valueAt(body, list)) };
}

export function holds({ only }: Mapping, body: Body): boolean {
  if (!only) return true;
  const value = valueAt(body, only.field);
  return only.is.includes(value === undefined ? '' : (idOf(value) ?? 'other'));
}

const INTERNATIONAL = 'https://www.tencentcloud.com/document/product/1047/';
const CHINA = 'https://cloud.tencent.com/document/product/269/';

export const international = (number: number): string => `${INTERNATIONAL}${String(number)}`;
/** Pages that only the Chinese site has. */
export const china = (number: number): string => `${CHINA}${String(number)}`;
