/** Defines the values of `format` that are checked. */
import type { Format } from 'ajv/dist/2020.js';
import { SCHEMA_FORMAT_NAMES } from '@im/contracts/json-schema/schema-keywords';
import { fullFormats, type DefinedFormats } from 'ajv-formats/dist/formats.js';

/** No valid value is longer; longer ones must not reach expressions that are not linear. */
const MAX_CHARACTERS = 2_048;

export const SCHEMA_FORMATS: ReadonlyMap<string, Format> = new Map(
  SCHEMA_FORMAT_NAMES.map((name: keyof DefinedFormats) => {
    const fits = tester(fullFormats[name]);
    return [
      name,
      { type: 'string', validate: (text: string) => text.length <= MAX_CHARACTERS && fits(text) },
    ];
  }),
);

function tester(format: Format | undefined): (text: string) => boolean {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format;
  if (typeof format === 'object' && 'validate' in format) {
    const { validate } = format;
    return validate instanceof RegExp
      ? (text) => validate.test(text)
      : (validate as (text: string) => boolean);
  }
  throw new Error('A format of the library has another form now');
}
