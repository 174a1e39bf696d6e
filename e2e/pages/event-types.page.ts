/** Drives the page 事件类型: the list, one event type, and the form of an own one. */
import type { Locator, Page } from '@playwright/test';

export class EventTypesPage {
  constructor(readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`/settings/event-types${query}`);
    await this.search.waitFor();
  }

  get search(): Locator {
    return this.page.getByTestId('search-event-types');
  }

  get create(): Locator {
    return this.page.getByTestId('create-event-type');
  }

  get families(): Locator {
    return this.page.getByTestId('event-family');
  }

  jumpTo(family: string): Locator {
    return this.page.getByTestId('family-jumps').getByRole('button', { name: family });
  }

  familyHeading(family: string): Locator {
    return this.families.getByRole('heading', { name: family, exact: true });
  }

  get rows(): Locator {
    return this.page.getByTestId('event-type-row');
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name, exact: true }) });
  }

  openIn(row: Locator): Locator {
    return row.getByTestId('open-event-type');
  }

  async chooseOrigin(origin: string): Promise<void> {
    await this.page.getByTestId('filter-origin').click();
    await this.page.getByRole('option', { name: origin, exact: true }).click();
  }

  get drawer(): Locator {
    return this.page.getByTestId('event-type-drawer');
  }

  get schemaRows(): Locator {
    return this.drawer.getByTestId('field-row');
  }

  get schemaAsJson(): Locator {
    return this.drawer.locator('.el-radio-button').filter({ hasText: 'JSON' });
  }

  get schemaJson(): Locator {
    return this.drawer.getByTestId('schema-json');
  }

  get subscriberLinks(): Locator {
    return this.drawer.getByTestId('subscriber-link');
  }

  /** Of one app, by its key. */
  logLink(appKey: string): Locator {
    return this.drawer.locator(`[data-testid="event-log-link"][href^="/apps/${appKey}/"]`);
  }

  get copy(): Locator {
    return this.drawer.getByTestId('copy-event-type');
  }

  get edit(): Locator {
    return this.drawer.getByTestId('edit-event-type');
  }

  get delete(): Locator {
    return this.drawer.getByTestId('delete-event-type');
  }

  get deleteDialog(): Locator {
    return this.page.getByTestId('delete-event-type-dialog');
  }

  get confirmDelete(): Locator {
    return this.deleteDialog.getByTestId('confirm-delete');
  }

  get form(): Locator {
    return this.page.getByTestId('event-type-form');
  }

  get name(): Locator {
    return this.form.locator('#event-type-name');
  }

  get addField(): Locator {
    return this.form.getByRole('button', { name: '添加字段', exact: true });
  }

  get fieldNames(): Locator {
    return this.form.getByTestId('field-name');
  }

  async editSchemaAs(view: '字段' | 'JSON'): Promise<void> {
    await this.form.getByTestId('schema-views').locator('.el-radio-button').filter({ hasText: view }).click();
  }

  get schema(): Locator {
    return this.form.locator('#event-type-schema');
  }

  get schemaFaults(): Locator {
    return this.form.getByTestId('schema-editor').getByTestId('editor-fault');
  }

  get example(): Locator {
    return this.form.locator('#event-type-example');
  }

  get exampleFaults(): Locator {
    return this.form.getByTestId('example-editor').getByTestId('editor-fault');
  }

  get verdict(): Locator {
    return this.form.getByTestId('example-verdict');
  }

  get externalIdField(): Locator {
    return this.form.locator('#event-type-external-id');
  }

  /** The fault of the field, as shown next to it. */
  get externalIdFault(): Locator {
    return this.form
      .locator('.el-form-item')
      .filter({ has: this.page.locator('#event-type-external-id') })
      .locator('.el-form-item__error');
  }

  get externalId(): Locator {
    return this.drawer.getByTestId('external-id');
  }

  get save(): Locator {
    return this.form.getByTestId('save-event-type');
  }

  get cancel(): Locator {
    return this.form.getByRole('button', { name: '取消' });
  }

  /** Asks before typed input is thrown away. */
  get discard(): Locator {
    return this.page.getByRole('dialog', { name: '放弃填写的内容？' });
  }

  get keepTyping(): Locator {
    return this.discard.getByRole('button', { name: '取消' });
  }
}
