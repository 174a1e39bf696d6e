import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE } from './events/catalogue.js';
import { describeFields } from './events/describe-fields.js';
import { ALL_ROUTES } from './routes/all-routes.js';

/** Half-width punctuation beside a Chinese character. */
const HALF_WIDTH = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u;

const texts = [
  ...EVENT_CATALOGUE.flatMap(({ description, schema, example }) => [
    description.zh,
    JSON.stringify(example),
    ...describeFields(schema).map(({ text }) => text.zh),
  ]),
  ...ALL_ROUTES.flatMap(({ summary, description }) => [summary.zh, description?.zh ?? '']),
];

describe('Chinese texts of events and routes', () => {
  it('have full-width punctuation', () => {
    expect(texts.filter((text) => HALF_WIDTH.test(text))).toEqual([]);
  });
});
