import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { AppInTest } from '../harness/app-in-test.js';
import { findOverflow } from '../harness/overflow.js';
import { findProduct } from '../harness/product-address.js';
import { expect, test } from '../harness/test.js';
import { AlertsPage } from '../pages/alerts.page.js';
import { ConsolePage } from '../pages/console.page.js';

const WIDTHS = [360, 390, 768, 1024, 1280, 1440];
const SETTINGS = [
  'members',
  'api-tokens',
  'notification-channels',
  'event-types',
  'audit-log',
  'tenants',
  'profile',
];

test('nothing runs out of its card on any width', async ({ page, app, receiver, admin, addMember }) => {
  const pages = await seedEveryPage(app, receiver);
  const empty = await AppInTest.create(findProduct().url, admin);
  const waiting = await empty.createWebhook({ url: `${receiver.url}/an/address/that/differs/at/its/end` });
  await addMember('support');
  await app.createToken('一个名字相当长的、只用来提交事件的令牌');
  const paths = [
    ...Object.values(pages),
    `/apps/${app.appKey}/deliveries`,
    `/apps/${empty.appKey}/im-webhooks/${waiting.webhookId}/deliveries`,
    ...SETTINGS.map((name) => `/settings/${name}`),
    '/settings/event-types?open=message.sent',
  ];
  for (const path of paths) {
    await page.goto(path);
    await new ConsolePage(page).becomeIdle();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      // Soft, so that one run reports every page.
      expect.soft(await findOverflow(page), `${path} on ${String(width)} pixels`).toEqual([]);
    }
  }
});

test('the quiet hours fit into their dialog, each box next to its label', async ({ page, app }) => {
  const alerts = new AlertsPage(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await alerts.open(app.appKey);
    await alerts.showRules();
    await alerts.editRules.click();
    await expect(alerts.quietHours.locator('.el-checkbox__label')).toBeVisible();
    // In one step: the dialog still moves while it opens.
    const [box, label] = await alerts.quietHours.evaluate((root) =>
      ['.el-checkbox__input', '.el-checkbox__label'].map((part) => {
        const { x, y, height } = root.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
        return { x, y, height };
      }),
    );
    expect(label?.x).toBeGreaterThan(box?.x ?? Infinity);
    expect(label?.y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
    expect(await findOverflow(page)).toEqual([]);
  }
});
