import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, it } from 'vitest';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { rankWebhooks } from '../model/webhook-ranking.js';
import StateSentence from './StateSentence.vue';

const well = sampleWebhook();
const unwell = sampleWebhook({ webhookId: 'w2', health: 'unhealthy', consecutiveFailures: 4 });

it.each([
  ['all', true, [well, well], 'success', '一切正常：2 个回调没有异常'],
  ['some', false, [well, well], 'info', '查看了前 2 个回调，没有异常，其余没有查看'],
  ['all', true, [well, unwell], 'error', '1 个回调异常'],
  ['some', false, [well, unwell], 'error', '至少 1 个回调异常，还有回调没有查看'],
])('says of %s webhooks no more than is known, case %#', (_, areAll, webhooks, type, text) => {
  const sentence = mount(StateSentence, {
    props: { ranked: rankWebhooks(webhooks, undefined), areAll, busyId: null },
    global: { plugins: [createPinia()], stubs: { RouterLink: { template: '<a><slot /></a>' } } },
  });
  expect(sentence.get('.el-alert__title').text()).toBe(text);
  expect(sentence.get('.el-alert').classes()).toContain(`el-alert--${type}`);
});
