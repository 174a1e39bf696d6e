import type { RulePreview } from '@im/contracts/api/alert-rules';
import { expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import { previewText } from './preview-text.js';

const BASE: RulePreview = { rule: 'slow', fired: 3, isEstimate: false, unknownBecause: null };

it.each<[Partial<RulePreview>, string]>([
  [{}, '过去 7 天会触发 3 次'],
  [{ isEstimate: true }, '过去 7 天约会触发 3 次'],
  [{ fired: 0, isEstimate: true }, '过去 7 天不会触发'],
  [{ fired: null, unknownBecause: 'not_recorded' }, '没有足够的历史数据，无法预估'],
  [{ fired: null, unknownBecause: 'too_many' }, '数据量太大，没能及时算完'],
])('says of %j: %s', (change, text) => {
  expect(previewText({ ...BASE, ...change }, translate)).toBe(text);
});
