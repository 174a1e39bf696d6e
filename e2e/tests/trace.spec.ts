import { logIn } from '../flows/log-in.flow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { TracePage } from '../pages/trace.page.js';

const MESSAGE = '1985214733290471424';
const CONVERSATION = 'single_u10086_u10010';

test('a message that did not arrive is explained, and redelivered', async ({
  page,
  app,
  receiver,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  receiver.answerWith({ status: 500 });
  await app.createWebhook({ url: receiver.url, name: '业务后台', retryPolicy: { maxAttempts: 1 } });
  await app.createWebhook({ url: `${receiver.url}/moderation`, name: '内容审核', events: ['group.*'] });
  await app.sendEvent('message.sent');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  const trace = new TracePage(page);

  await test.step('any id, pasted as it stands in a log', async () => {
    await trace.open(app.appKey);
    await expect(trace.id).toBeFocused();
    await page.keyboard.type(`"messageId": "${MESSAGE}",`);
    await page.keyboard.press('Enter');
    await expect(trace.conclusion).toHaveAttribute('data-verdict', 'failed');
    await expect(trace.conclusion).toContainText('业务后台 没有送达：接收方返回 500');
    await expect(trace.notMatched).toContainText('当时只订阅 group.*');
  });

  await test.step('the conclusion is copied as plain text', async () => {
    await trace.copyForCustomer.click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('业务后台：没有送达：接收方返回 500（接收方内部错误），尝试了 1 次');
    expect(copied).toContain('内容审核：没有发送：当时只订阅 group.*。');
  });

  await test.step('redelivered once the receiver is well, it arrives', async () => {
    receiver.answerWith({ status: 200 });
    await trace.redeliverIn(trace.outcome('业务后台')).click();
    await expect(trace.conclusion).toHaveAttribute('data-verdict', 'delivered');
    await trace.openInLogIn(trace.outcome('业务后台')).click();
    await expect(new DeliveryDrawerPage(page).status).toHaveText('已送达');
  });
});

test('a conversation is a time line, reached from the search of the log', async ({ page, app, receiver }) => {
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent('message.sent');
  await app.sendEvent('message.read');
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(2);
  const trace = new TracePage(page);

  await new DeliveryLogPage(page).openApp(app.appKey);
  await trace.traceFromLog(CONVERSATION);
  await expect(trace.timelineEvents).toHaveCount(2);
  await trace.unfold(trace.timelineEvents.first());
  await expect(trace.conclusion).toHaveAttribute('data-verdict', 'delivered');
  await page.goBack();
  await expect(trace.conclusion).toHaveCount(0);
  await expect(trace.timelineEvents).toHaveCount(2);
});

test('an unknown id leads from the empty log to what to do next', async ({ page, app }) => {
  const source = await app.createSource({ kind: 'openim', name: '生产环境' });
  const trace = new TracePage(page);
  await page.goto(`/apps/${app.appKey}/deliveries?messageId=unheard-of`);
  await trace.fromEmptyLog.click();
  await expect(trace.nothingFound).toContainText('没有找到 unheard-of');
  await expect(trace.nothingFound).toContainText('还没有收到请求');
  await expect(trace.nothingFound.getByRole('link', { name: source.name }).first()).toBeVisible();
});

test.describe('support', () => {
  test.use({ storageState: LOGGED_OUT });

  test('traces and redelivers, without the sources', async ({ page, app, receiver, addMember }) => {
    receiver.answerWith({ status: 500 });
    await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
    await app.sendEvent('message.sent');
    await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
    await page.goto('/login');
    await logIn(page, await addMember('support'));
    await page.waitForURL((url) => url.pathname !== '/login');
    const trace = new TracePage(page);
    await trace.open(app.appKey, MESSAGE);
    await expect(trace.conclusion).toHaveAttribute('data-verdict', 'failed');
    await expect(page.getByTestId('trace-redeliver')).toBeVisible();
    await trace.open(app.appKey, 'unheard-of');
    await expect(trace.nothingFound).toContainText('请管理员或开发者');
  });
});
