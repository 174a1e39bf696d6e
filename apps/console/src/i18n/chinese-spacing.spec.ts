/** Checks how Chinese texts are set: full-width punctuation, and a space between Chinese and Latin or digits. */
import { describe, expect, it } from 'vitest';
import { flattenTexts } from '../testing/message-usage.js';
import { zhPages } from './zh-pages.js';
import { zh } from './zh.js';

/** Fixed by the product's specification, letter for letter. */
const VERBATIM = ['webhooks.guide.scope'];
/** Show what to type, in which the half-width colon counts. */
const WITH_CODE = ['debug.fault.headers', 'externalIds.hint'];

const texts = Object.entries(flattenTexts({ ...zh, ...zhPages })).filter(
  ([key]) => ![...VERBATIM, ...WITH_CODE].includes(key),
);

const HALF_WIDTH = /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}|\p{Script=Han}\.(?!\w)/u;
const UNSPACED = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u;
/** A parameter that is a bare number needs the space as well; one such as `{window}` brings its own unit. */
const UNSPACED_NUMBER =
  /\p{Script=Han}\{(?:count|total|attempt|attempts|status|seconds|number)\}|\{(?:count|total|attempt|attempts|status|seconds|number)\}\p{Script=Han}/u;

const faultsBy = (pattern: RegExp) =>
  texts.filter(([, text]) => pattern.test(text)).map(([key, text]) => `${key}: ${text}`);

describe('Chinese texts', () => {
  it.each(['放行,拒绝', '注意:没有', '好(坏', '结束.'])('finds the half-width punctuation of %s', (text) => {
    expect(HALF_WIDTH.test(text)).toBe(true);
  });

  it.each(['共9 次', '共 9次', '用AppSecret', '占 5%以上'])('finds the missing space of %s', (text) => {
    expect(UNSPACED.test(text)).toBe(true);
  });

  it('have no half-width punctuation beside a Chinese character', () => {
    expect(faultsBy(HALF_WIDTH)).toEqual([]);
  });

  it('have a space between Chinese and Latin letters or digits', () => {
    expect(faultsBy(UNSPACED)).toEqual([]);
    expect(faultsBy(UNSPACED_NUMBER)).toEqual([]);
  });
});
