/** Says what is wrong with the JSON of an editor, with the line and the path. */
import { EVENT_TYPE_EXAMPLE_BYTES, EVENT_TYPE_SCHEMA_BYTES } from '@im/contracts/api/event-type-constants';
import type { Mismatch } from '@im/contracts/json-schema/plain-keywords';
import type { FieldError } from '@im/contracts/problem';
import type { Translate } from '../../../i18n/i18n.js';
import { formatBytes } from '../../../shared/format/byte-size.js';
import { describeFieldError } from '../../../shared/http/describe-error.js';
import { textFaultOf } from './event-type-form.js';
import { lineAt, readJson } from './json-text.js';

export interface EditorFault {
  line: number;
  /** The whole sentence. */
  text: string;
}

export type EditorPart = 'schema' | 'example';

const LIMITS = { schema: EVENT_TYPE_SCHEMA_BYTES, example: EVENT_TYPE_EXAMPLE_BYTES } as const;

/** Faults of the text itself; empty when it is a JSON object that is not too large. */
export function textFaults(part: EditorPart, text: string, t: Translate, localeTag: string): EditorFault[] {
  const { fault } = readJson(text);
  if (fault) {
    const { kind, line, column, found } = fault;
    const what = t(`eventTypes.form.json.${kind}`, { found });
    return [{ line, text: t('eventTypes.form.faultAtColumn', { line, column, text: what }) }];
  }
  const limit = LIMITS[part];
  const other = textFaultOf(text, limit);
  if (other === 'notObject') return [{ line: 1, text: t('eventTypes.form.notObject') }];
  if (other !== 'tooLarge') return [];
  return [{ line: 1, text: t('eventTypes.form.tooLarge', { size: formatBytes(limit, localeTag) }) }];
}

/** @param faults with pointers from the root of the text */
export function fieldFaults(text: string, faults: readonly FieldError[], t: Translate): EditorFault[] {
  return atLines(
    text,
    faults.map((fault) => ({ pointer: fault.pointer, what: describeFieldError(fault, t) })),
    t,
  );
}

export function mismatchFaults(text: string, mismatches: readonly Mismatch[], t: Translate): EditorFault[] {
  return atLines(
    text,
    mismatches.map(({ pointer, keyword, expected }) => ({
      pointer,
      what: t(`eventTypes.form.mismatch.${keyword}`, { expected }),
    })),
    t,
  );
}

/** The service's faults below one field of the request, with pointers from the root of that field. */
export function faultsBelow(part: EditorPart, faults: readonly FieldError[]): FieldError[] {
  const prefix = `/${part}`;
  return faults
    .filter(({ pointer }) => pointer === prefix || pointer.startsWith(`${prefix}/`))
    .map((fault) => ({ ...fault, pointer: fault.pointer.slice(prefix.length) }));
}

function atLines(text: string, faults: { pointer: string; what: string }[], t: Translate): EditorFault[] {
  const { lines } = readJson(text);
  return faults
    .map(({ pointer, what }) => {
      const line = lineAt(lines, pointer);
      const path = pathOf(pointer);
      return {
        line,
        text:
          path === ''
            ? t('eventTypes.form.faultAtRoot', { line, text: what })
            : t('eventTypes.form.faultAt', { line, path, text: what }),
      };
    })
    .sort((one, other) => one.line - other.line);
}

/** As people write it: `/items/0/sku` is `items.0.sku`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}
