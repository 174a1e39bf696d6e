import type { Check, Checkup } from '@im/contracts/api/checkup';
import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { activateLocale } from '../../../i18n/i18n.js';
import CheckupCard from './CheckupCard.vue';

const good: Check = {
  check: 'good_signature',
  status: 'pass',
  title: { zh: '接受正确的签名', en: 'Takes a right signature' },
  detail: { zh: '返回了 2xx。', en: 'It answered 2xx.' },
  advice: null,
  durationMs: 12.5,
  responseStatus: 200,
};
const forged: Check = {
  ...good,
  check: 'wrong_signature',
  status: 'fail',
  title: { zh: '拒绝错误的签名', en: 'Refuses a wrong signature' },
  advice: { zh: '先验签再处理。', en: 'Verify first.' },
};
const late: Check = {
  ...good,
  check: 'large_body',
  status: 'skipped',
  durationMs: null,
  responseStatus: null,
};
const checkup: Checkup = {
  score: 73,
  startedAt: '2026-11-21T08:00:00.000Z',
  durationMs: 900,
  checks: [good, forged, late],
};

afterEach(async () => {
  await activateLocale('zh');
});

const show = () => mount(CheckupCard, { props: { checkup } });

describe('the score card of a receiver', () => {
  it('shows the score, and of each check what was seen', () => {
    const shown = show();
    expect(shown.get('[data-testid="checkup-score"]').text()).toBe('73');
    const rows = shown.findAll('li');
    expect(rows.map((row) => row.attributes('data-status'))).toEqual(['pass', 'fail', 'skipped']);
    expect(rows[0]?.text()).toMatch(/通过.*接受正确的签名.*200.*返回了 2xx/s);
    expect(rows[0]?.text()).not.toContain('建议');
    expect(rows[1]?.text()).toMatch(/不通过.*建议.*先验签再处理/s);
    expect(rows[2]?.find('.figures').text()).toBe('');
  });

  it('speaks the language of its reader', async () => {
    await activateLocale('en');
    expect(show().text()).toMatch(/Failed.*Refuses a wrong signature.*What to do.*Verify first\./s);
  });
});
