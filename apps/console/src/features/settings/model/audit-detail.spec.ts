import { expect, it } from 'vitest';
import { describeAuditDetail } from './audit-detail.js';

it.each<[Record<string, unknown>, string]>([
  [{}, ''],
  [{ url: 'https://example.com' }, 'url: https://example.com'],
  [{ changed: ['url', 'events'], count: 2 }, 'changed: url, events · count: 2'],
  [{ from: { enabled: true } }, 'from: {"enabled":true}'],
])('writes %j in one line', (detail, expected) => {
  expect(describeAuditDetail(detail)).toBe(expected);
});
