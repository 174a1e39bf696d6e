import { countClicks } from '../harness/click-counter.js';
import { postOpenimMessage } from '../harness/openim-request.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { SourcePage } from '../pages/source.page.js';
import { SourcesPage } from '../pages/sources.page.js';

/** From opening the page to the first delivered event. */
const MAX_CLICKS = 8;

test('an OpenIM server is plugged in with a few clicks, and its first message is delivered', async ({
  page,
  app,
  receiver,
}) => {
  const sources = new SourcesPage(page);
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url, events: ['message.*'] });
  const clicks = await countClicks(page);
  await sources.open(app.appKey);

  await test.step('the empty list offers OpenIM, and its snippet has the address', async () => {
    await sources.kindInEmptyList('openim').click();
    await sources.create.click();
    await expect(sources.firstRequest).toHaveAttribute('data-state', 'waiting');
    await sources.copySnippet.click();
  });

  await test.step('the first request turns it green by itself', async () => {
    const answer = await postOpenimMessage(await sources.addressInSnippet());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ actionCode: 0, nextCode: 0 });
    await expect(sources.firstRequest).toHaveAttribute('data-state', 'arrived');
  });

  await test.step('its event is in the log, delivered', async () => {
    await sources.eventLink.click();
    await expect(log.rows).toHaveCount(1);
    await expect(log.rows.first()).toContainText('message.sent');
    await expect.poll(() => receiver.last?.envelope.event).toBe('message.sent');
    await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
    await log.refresh.click();
    await expect(log.statusIn(log.rows.first())).toHaveText('已送达');
  });
  expect(await clicks()).toBeLessThanOrEqual(MAX_CLICKS);
});

test('a raw request shows as it came, and what could not be read stands out', async ({ page, app }) => {
  const sources = new SourcesPage(page);
  const source = new SourcePage(page);
  const { sourceId, url } = await app.createSource({ kind: 'openim', name: '生产环境' });
  await postOpenimMessage(url);
  await fetch(`${url}/callbackAfterSendSingleMsgCommand`, { method: 'POST', body: '<html>' });

  await sources.open(app.appKey);
  await sources.linkIn(sources.card('生产环境')).click();
  await source.showTab('requests');
  await expect(source.requests).toHaveCount(2);
  await expect(source.requests.first()).toContainText('未识别');
  await source.openRequestIn(source.requests.first()).click();
  await expect(source.requestBody).toContainText('<html>');
  await page.goBack();
  await expect(source.requestDrawer).toBeHidden();
  await source.showTab('checklist');
  await expect(source.facts).toContainText('未识别');
  expect(await page.content()).not.toContain(url);
  await page.goto(`/apps/${app.appKey}/sources/${sourceId}?tab=checklist`);
  await source.configText.fill('webhooks:\n  url: http://127.0.0.1/\n');
  await source.checkConfig.click();
  await expect(source.findings.first()).toHaveAttribute('data-severity', 'error');
});

test('deliveries are filtered by source, and say which one their event came from', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const source = new SourcePage(page);
  await app.createWebhook({ url: receiver.url });
  const first = await app.createSource({ kind: 'openim', name: '一号机房' });
  const second = await app.createSource({ kind: 'openim', name: '二号机房' });
  for (const { url } of [first, second]) await postOpenimMessage(url);
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(3);

  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(3);
  await log.filterBySource('二号机房');
  await expect(log.rows).toHaveCount(1);
  await log.openIn(log.rows.first()).click();
  await expect(drawer.receivedFrom).toContainText('IM 来源');
  await expect(drawer.receivedFrom).toContainText('OpenIM');
  await drawer.source.click();
  await expect(page).toHaveURL(new RegExp(`/sources/${second.sourceId}$`));
  await source.deliveries.click();
  await expect(log.rows).toHaveCount(1);
});

test('the address is shown after a question, and deleting a source asks with its name', async ({
  page,
  app,
}) => {
  const consolePage = new ConsolePage(page);
  const source = new SourcePage(page);
  const { sourceId, url } = await app.createSource({ kind: 'dootask', name: '机器人' });
  await source.open(app.appKey, sourceId);
  await expect(source.url).not.toHaveText(url);
  await source.reveal.click();
  await consolePage.answer('显示并记录');
  await expect(source.url).toHaveText(url);
  await source.remove.click();
  await expect(consolePage.question).toContainText('机器人');
  await consolePage.answer('删除来源');
  await expect(page).toHaveURL(`/apps/${app.appKey}/sources`);
  await expect(new SourcesPage(page).card('机器人')).toHaveCount(0);
});
