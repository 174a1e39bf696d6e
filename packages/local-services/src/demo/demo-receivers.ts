/** Defines the receivers of the demo and their initial behaviour, which can be switched. */
import type { CreateWebhookRequest } from '@im/contracts/api/webhooks';

export const BEHAVIOURS = ['ok', 'error', 'slow', 'wrong'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface DemoReceiver {
  /** The last part of its URL. */
  slug: string;
  behaviour: Behaviour;
  /** The settings of its webhook, without the URL, which depends on this run's port. */
  webhook: Omit<CreateWebhookRequest, 'url'> & { name: string };
}

export const DEMO_RECEIVERS: readonly DemoReceiver[] = [
  {
    slug: 'business',
    behaviour: 'ok',
    webhook: { name: '业务后台 Backend', description: '一切正常，接收全部事件。Healthy, takes every event.' },
  },
  {
    slug: 'moderation',
    behaviour: 'error',
    webhook: {
      name: '内容审核 Moderation',
      description: '总是返回 500，用来看重试与告警。Always answers 500: see retries and alerts.',
      events: ['message.*'],
      retryPolicy: { strategy: 'fixed', initialDelayMs: 3_000, maxAttempts: 4 },
    },
  },
  {
    slug: 'warehouse',
    behaviour: 'slow',
    webhook: {
      name: '数据仓库 Warehouse',
      description: '每次要等 3 秒才返回。Takes three seconds to answer.',
      events: ['user.*', 'conversation.*', 'group.*'],
    },
  },
  {
    slug: 'helpdesk',
    behaviour: 'wrong',
    webhook: {
      name: '客服系统 Helpdesk',
      description: '地址配错，被重定向到登录页。Misconfigured: redirects to a login page.',
      events: ['friend.*', 'blacklist.*', 'bot.*'],
      retryPolicy: { strategy: 'exponential', initialDelayMs: 5_000, maxAttempts: 5 },
    },
  },
  {
    slug: 'archive',
    behaviour: 'ok',
    webhook: {
      name: '归档 Archive',
      description: '未启用：事件被跳过。Switched off: events are skipped.',
      events: ['message.*'],
      enabled: false,
    },
  },
];
