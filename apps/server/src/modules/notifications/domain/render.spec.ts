import { describe, expect, it } from 'vitest';
import { notice, noticedAlert } from '../../../testing/noticed-alert.js';
import { composeMessage, composeTestMessage, type MessageContext } from './compose-message.js';
import type { Message } from './message.js';
import type { Notice } from './notice.js';
import { utf8Length } from './plain-text.js';
import { renderDingtalk } from './render-dingtalk.js';
import { renderEmail } from './render-email.js';
import { renderFeishu } from './render-feishu.js';
import { renderSlack } from './render-slack.js';
import { renderWebhook } from './render-webhook.js';
import { renderWecom } from './render-wecom.js';

const context: MessageContext = {
  language: 'zh',
  publicUrl: 'https://console.example',
  now: new Date('2026-11-21T08:12:30.000Z'),
};
const one = composeMessage([notice()], context);
const test = composeTestMessage('值班群', context);

/** An app and a webhook with malicious names. */
const HARM = '<at id=all></at> <!channel> <@all> @all **x** [x](https://evil.example) <img src=x onerror=1>';
const harmful = notice({ content: { app: { appKey: 'ak_1', name: HARM }, alerts: [], counts: null } });
harmful.content.alerts = [noticedAlert({ detail: { ...noticedAlert().detail, webhookName: HARM } })];

/** More than any platform takes. */
const storm = composeMessage(Array.from({ length: 200 }, () => harmful) as [Notice, ...Notice[]], context);

const PLATFORMS: [string, (message: Message) => unknown][] = [
  ['DingTalk', renderDingtalk],
  ['Feishu', renderFeishu],
  ['WeCom', renderWecom],
  ['Slack', renderSlack],
  ['mail', renderEmail],
];

describe.each(PLATFORMS)('on %s', (name, render) => {
  it('one alert, a test and a storm say what they have to say', () => {
    for (const text of ['告警触发', 'Orders', '连续失败', 'im-webhook-alerts']) {
      expect(JSON.stringify(render(one))).toContain(text);
    }
    expect(JSON.stringify(render(test))).toContain('值班群');
    expect(JSON.stringify(render(storm))).toContain('告警通知 200 条');
  });

  it('a message fits into what the platform takes', () => {
    expect(utf8Length(JSON.stringify(render(storm)))).toBeLessThan(name === 'mail' ? 500_000 : 20_000);
  });
});

describe('malicious names', () => {
  const message = composeMessage([harmful], context);

  it('neither format, link, show pictures nor mention anybody on DingTalk and WeCom', () => {
    for (const rendered of [renderDingtalk(message), renderDingtalk(storm)]) {
      const { markdown, at } = rendered as { markdown: { title: string; text: string }; at: unknown };
      expect(at).toEqual({ isAtAll: false, atMobiles: [], atUserIds: [] });
      expect(markdown.title + markdown.text).not.toMatch(/@all|<|\]\(https:\/\/evil|\*\*x/);
    }
    for (const rendered of [renderWecom(message), renderWecom(storm)]) {
      const { content } = (rendered as { markdown: { content: string } }).markdown;
      expect(content).not.toMatch(/@all|<(?!font color="warning">|\/font>)|\]\(https:\/\/evil|\*\*x/);
      expect(utf8Length(content)).toBeLessThanOrEqual(4_096);
    }
  });

  it('are plain text on Feishu', () => {
    const tags = JSON.stringify([renderFeishu(message), renderFeishu(storm)]).match(/"tag":"\w+"/g);
    expect(new Set(tags)).toEqual(
      new Set(['"tag":"plain_text"', '"tag":"div"', '"tag":"action"', '"tag":"button"']),
    );
  });

  it('are escaped on Slack, within its limits', () => {
    for (const rendered of [renderSlack(message), renderSlack(storm)]) {
      const { text, blocks } = rendered as {
        text: string;
        blocks: { type: string; text: { text: string } }[];
      };
      const [header, ...sections] = blocks;
      expect(header?.text.text.length).toBeLessThanOrEqual(150);
      for (const section of sections) expect(section.text.text.length).toBeLessThanOrEqual(3_000);
      const marked = [text, ...sections.map((section) => section.text.text)].join('\n');
      expect(marked.match(/<[^>]*>/g)?.every((link) => link.startsWith('<https://console.example/'))).toBe(
        true,
      );
    }
  });

  it('are text in the HTML of a mail', () => {
    const { html, subject, text } = renderEmail(message);
    expect(html).not.toMatch(/<img|<at|<!c/);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain('查看告警：https://console.example/');
  });
});

it('a webhook gets the facts as JSON, without the receiver’s URL', () => {
  const now = new Date('2026-11-21T08:12:30.000Z');
  const body = JSON.parse(JSON.stringify(renderWebhook('c1', [notice()], now))) as Record<string, unknown>;
  expect(body).toEqual({
    type: 'alerts',
    channelId: 'c1',
    sentAt: '2026-11-21T08:12:30.000Z',
    notifications: [
      {
        notificationId: '0198c1f2-7a10-7b3c-8d4e-0000000000f1',
        kind: 'opened',
        severity: 'critical',
        at: '2026-11-21T08:00:00.000Z',
        appKey: 'ak_1',
        appName: 'Chat',
        alerts: [
          {
            alertId: '0198c1f2-7a10-7b3c-8d4e-0000000000a1',
            rule: 'consecutive_failures',
            severity: 'critical',
            status: 'open',
            webhookId: '0198c1f2-7a10-7b3c-8d4e-0000000000e1',
            detail: {
              webhookName: 'Orders',
              consecutiveFailures: 12,
              lastDeliveryId: '0198c1f2-7a10-7b3c-8d4e-0000000000d1',
              lastErrorClass: 'server_error',
              lastResponseStatus: 500,
            },
            openedAt: '2026-11-21T08:00:00.000Z',
            resolvedAt: null,
            resolvedBy: null,
          },
        ],
      },
    ],
  });
  expect(renderWebhook('c1', [], now)).toMatchObject({ type: 'test', notifications: [] });
});
