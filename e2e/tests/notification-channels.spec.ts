import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { expect, test } from '../harness/test.js';
import { Receiver } from '../harness/receiver.js';
import { ChannelsPage } from '../pages/channels.page.js';

test('an admin adds a channel, sees why its test fails, repairs it, and reads what was sent', async ({
  page,
  app,
  receiver,
}) => {
  const channels = new ChannelsPage(page);
  const robot = await Receiver.open();
  const name = `值班群 ${app.appKey}`;

  await channels.open();
  await channels.create.click();
  await channels.kind('dingtalk').click();
  await channels.name.fill(name);
  await channels.url.fill(`${robot.url}?access_token=0123456789abcdef0123456789abcdef`);
  await channels.save.click();
  await expect(channels.row(name)).toContainText('access_token=****cdef');

  robot.answerWith({ body: '{"errcode":310000,"errmsg":"keywords not in content"}' });
  await channels.testIn(channels.row(name)).click();
  await expect(channels.testResult).toHaveAttribute('data-status', 'failed');
  await expect(channels.testResult).toContainText('keywords not in content');
  robot.answerWith({ body: '{"errcode":0,"errmsg":"ok"}' });
  await channels.testAgain.click();
  await expect(channels.testResult).toHaveAttribute('data-status', 'sent');

  await seedEveryPage(app, receiver);
  await channels.open();
  await channels.logIn(channels.row(name)).click();
  const sent = channels.notifications.filter({ hasText: '告警触发' }).first();
  await expect(async () => {
    await page.reload();
    await expect(sent).toHaveAttribute('data-status', 'sent', { timeout: 2_000 });
  }).toPass();
  await robot.close();
});
