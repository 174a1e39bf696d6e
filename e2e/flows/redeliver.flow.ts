import type { Page } from '@playwright/test';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

/** Opens the newest delivery of the log that is being shown and redelivers it; the drawer shows the new one. */
export async function redeliverNewest(page: Page): Promise<void> {
  const drawer = new DeliveryDrawerPage(page);
  const log = new DeliveryLogPage(page);
  await log.openIn(log.rows.first()).click();
  await drawer.redeliver.click();
  await drawer.kind.waitFor();
}
