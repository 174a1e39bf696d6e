import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { DocsPage } from '../pages/docs.page.js';
import { SignatureDebuggerPage } from '../pages/signature-debugger.page.js';

test('a developer reads, copies code with the AppKey, and sends an example to their webhook', async ({
  page,
  app,
  receiver,
}) => {
  await app.createWebhook({ url: receiver.url });
  const docs = new DocsPage(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await docs.open(app.appKey);
  await expect(docs.code).toContainText('receive.mjs');

  await docs.chooseLanguage('Python');
  await docs.chapter('API').click();
  await expect(docs.code).toContainText('send.py');
  await expect(docs.code).toContainText(app.appKey);
  await page.reload();
  await expect(docs.column.getByRole('radio', { name: 'Python' })).toBeChecked();

  await docs.chapter('事件').click();
  await docs.chooseEvent('friend.request.sent');
  await expect(page).toHaveURL(/event=friend\.request\.sent/);
  await expect(docs.fields).toContainText('requestId');
  await docs.send.click();
  await expect(docs.result).toContainText('已送达：HTTP 200');
  expect(receiver.requests.map(({ envelope }) => envelope.event)).toEqual(['friend.request.sent']);

  await docs.debugResult.click();
  await expect(new SignatureDebuggerPage(page).verdict).toContainText('签名正确，所用密钥：AppSecret');
});

test('the documentation prints as one column with every section', async ({ page, app }) => {
  const docs = new DocsPage(page);
  await docs.open(app.appKey);
  await page.emulateMedia({ media: 'print' });
  await expect(docs.column).toBeHidden();
  await expect(new ConsolePage(page).navigation).toHaveCount(0);
  await expect(page.getByTestId('sample').filter({ visible: true })).toHaveCount(3);
  await expect(page.getByText('update_mark')).toBeVisible();
});

test('a signature is debugged from its delivery, and what differs is marked', async ({
  page,
  app,
  receiver,
}) => {
  const { webhookId } = await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const debug = new SignatureDebuggerPage(page);

  await log.open(app.appKey, webhookId);
  await log.openIn(log.rows.first()).click();
  await drawer.showRequestIn(drawer.attempts.first());
  await drawer.debugSignature.click();
  await expect(debug.explanation).toHaveAttribute('data-verdict', 'valid');
  await expect(debug.line('body')).toHaveAttribute('data-status', 'ok');

  await test.step('a line break too many at the end of the body', async () => {
    await debug.appendToBody('\n');
    await expect(debug.explanation).toHaveAttribute('data-verdict', 'invalid');
    await expect(debug.line('body')).toHaveAttribute('data-status', 'wrong');
    await expect(debug.verdict).toContainText('换行');
  });

  await test.step('a timestamp in seconds in the string that the code signed', async () => {
    await page.reload();
    await expect(debug.explanation).toHaveAttribute('data-verdict', 'valid');
    const value = (await debug.line('timestamp').locator('.value').textContent()) ?? '';
    await debug.ownString.fill(`${app.appKey}\n${value.slice(0, 10)}`);
    await expect(debug.line('timestamp')).toHaveAttribute('data-status', 'wrong');
    await expect(debug.marksIn(debug.line('timestamp'))).toHaveText('∅');
    await expect(debug.line('appKey')).toHaveAttribute('data-status', 'ok');
  });
});

test('a curl command is understood, and what is none is said to be none', async ({ page, app }) => {
  const debug = new SignatureDebuggerPage(page);
  await debug.open(app.appKey);
  await debug.request.fill('{"only":"a body"}');
  await expect(page.getByText('没有认出请求头')).toBeVisible();
  await debug.request.fill(`curl https://x.test -H 'X-App-Key: ${app.appKey.toUpperCase()}' -d '{}'`);
  await expect(debug.explanation).toHaveAttribute('data-verdict', 'incomplete');
  await expect(debug.marksIn(debug.line('appKey'))).not.toHaveCount(0);
  await expect(debug.line('nonce')).toHaveAttribute('data-status', 'missing');
});
