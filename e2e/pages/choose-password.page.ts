/** Drives the page for a member whose password another member set. */
import type { Locator, Page } from '@playwright/test';

export class ChoosePasswordPage {
  constructor(readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: '请先设置自己的密码' });
  }

  get currentPassword(): Locator {
    return this.page.getByRole('textbox', { name: '当前密码' });
  }

  get newPassword(): Locator {
    return this.page.getByRole('textbox', { name: '新密码', exact: true });
  }

  get repeated(): Locator {
    return this.page.getByRole('textbox', { name: '再次输入新密码' });
  }

  get save(): Locator {
    return this.page.getByRole('button', { name: '保存并继续' });
  }
}
