import { logIn } from '../flows/log-in.flow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { EventTypesPage } from '../pages/event-types.page.js';

test('an admin copies a built-in event type, breaks and fixes its example, saves it and deletes it', async ({
  page,
  app,
  receiver,
}) => {
  const types = new EventTypesPage(page);
  const name = `${app.appKey}.sent`;

  await test.step('finds one by a word, and copies it', async () => {
    await types.open();
    await types.search.fill('消息发送成功');
    await expect(page).toHaveURL(/\?q=/);
    await expect(types.rows).toHaveCount(1);
    await types.openIn(types.rows.first()).click();
    await expect(page).toHaveURL(/open=message\.sent/);
    await expect(types.schemaRows.first()).toContainText('消息 ID，由 IM 服务端生成。');
    await types.copy.click();
    await expect(types.name).toHaveValue(/^message\.sent\.custom/);
    await types.name.fill(name);
    await expect(types.verdict).toHaveText('示例符合 Schema');
  });

  await test.step('breaks the example, which cannot be saved, and fixes it', async () => {
    const example = await types.example.inputValue();
    await types.example.fill(example.replace('"single"', '"duo"'));
    await expect(types.exampleFaults).toHaveText(/^第 5 行 conversationType：应为其中之一/);
    await types.save.click();
    await expect(types.exampleFaults).toBeVisible();
    await expect(types.form).toBeVisible();
    await types.example.fill(example.slice(0, -2));
    await expect(types.exampleFaults).toContainText('内容不完整');
    await types.example.fill(example);
    await expect(types.verdict).toHaveText('示例符合 Schema');
  });

  await test.step('adds a field to the tree, which the JSON has too, and the other way round', async () => {
    await types.addField.click();
    await types.fieldNames.last().fill('orderId');
    await types.editSchemaAs('JSON');
    await expect(types.schema).toHaveValue(/"orderId": \{\s+"type": "string"\s+\}/);
    const schema = await types.schema.inputValue();
    await types.schema.fill(schema.replace('"orderId": {', '"orderId": {\n "minLenght": 1,'));
    await expect(types.schemaFaults).toContainText('properties.orderId.minLenght');
    await types.schema.fill(schema.replace('"orderId"', '"orderNo"'));
    await types.editSchemaAs('字段');
    await expect(types.fieldNames.last()).toHaveValue('orderNo');
    await types.cancel.click();
    await types.keepTyping.click();
    await types.save.click();
  });

  await test.step('sees it, and who gets it', async () => {
    await expect(types.form).toHaveCount(0);
    await expect(types.schemaRows.last()).toContainText('orderNo');
    await app.createWebhook({ url: receiver.url, name: '订单系统', events: [name] });
    await types.open(`?origin=own&open=${name}`);
    await expect(types.row(name)).toContainText('自定义');
    await expect(types.subscriberLinks.first()).toHaveText('订单系统');
    await expect(types.logLink(app.appKey)).toHaveAttribute('href', new RegExp(`event=${name}$`));
  });

  await test.step('deletes it once no webhook names it any more', async () => {
    await types.delete.click();
    await expect(types.deleteDialog).toContainText(`1 个回调在事件列表中写明了 ${name}`);
    await expect(types.confirmDelete).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(types.deleteDialog).toHaveCount(0);
    const [webhook] = await app.listWebhooks();
    await app.updateWebhook(webhook?.webhookId ?? '', { events: [`${app.appKey}.*`] });
    await types.delete.click();
    await expect(types.deleteDialog).toContainText(/\d+ 个订阅它的回调将不再收到这个事件/);
    await types.confirmDelete.click();
    await expect(types.drawer).toBeHidden();
    await expect(types.row(name)).toHaveCount(0);
  });
});

test('an event type is changed by its fields, and faults of the service are shown at their lines', async ({
  page,
  app,
  admin,
}) => {
  const types = new EventTypesPage(page);
  const name = `${app.appKey}.paid`;
  const schema = { type: 'object', properties: { id: { type: 'string' } } };
  await admin.post('/event-types', { name, schema, example: { id: '1' } });
  await types.open();
  await types.openIn(types.row(name)).click();
  await types.edit.click();
  await types.editSchemaAs('JSON');
  await types.schema.fill(
    '{\n"type": "object",\n"properties": {"id": {"type": "string",\n"minLength": -1}}}',
  );
  await expect(types.verdict).toHaveText('示例符合 Schema');
  await types.save.click();
  await expect(types.schemaFaults).toContainText('第 4 行');
  await types.editSchemaAs('字段');
  await types.schemaFaults.click();
  await expect(types.schema).toBeFocused();
  await types.schema.fill('{"type": "object", "properties": {"id": {"type": "string", "minLength": 1}}}');
  await types.save.click();
  await expect(types.form).toHaveCount(0);
  await expect(types.schemaRows).toContainText('长度 ≥ 1');
  await page.goBack();
  await expect(types.drawer).toBeHidden();
  await types.jumpTo('黑名单').click();
  await expect(types.familyHeading('黑名单')).toBeFocused();
});

test('an event type gets the external id that it has in another system, unless another one has it', async ({
  page,
  app,
  admin,
}) => {
  const types = new EventTypesPage(page);
  const [paid, refunded] = [`${app.appKey}.paid`, `${app.appKey}.refunded`];
  const body = { schema: { type: 'object' }, example: {} };
  await admin.post('/event-types', { ...body, name: paid, externalId: paid });
  await admin.post('/event-types', { ...body, name: refunded });
  await types.open(`?open=${refunded}`);
  await types.edit.click();
  await types.externalIdField.fill(paid);
  await types.save.click();
  await expect(types.externalIdFault).toHaveText('已被占用');
  await types.externalIdField.fill(refunded);
  await types.save.click();
  await expect(types.form).toHaveCount(0);
  await expect(types.externalId).toHaveText(refunded);
});

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('support reads event types and changes nothing', async ({ page, addMember }) => {
    await page.goto('/settings/event-types?open=message.sent');
    await logIn(page, await addMember('support'));
    const types = new EventTypesPage(page);
    await expect(types.schemaRows.first()).toBeVisible();
    await expect(types.copy).toHaveCount(0);
    await expect(types.create).toHaveCount(0);
  });
});
