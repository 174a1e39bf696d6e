import { ApiSession } from './api-session.js';
import { AppInTest } from './app-in-test.js';
import { publishProduct } from './product-address.js';
import { startProduct } from './start-product.js';

/** Starts the product before the first test; what it answers stops it after the last. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  // Playwright ends in order on an interrupt only; on a SIGTERM it would leave the data directory behind.
  process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
  const product = await startProduct();
  publishProduct(product);
  const session = await ApiSession.logIn(product.url, {
    email: product.adminEmail,
    password: product.adminPassword,
  });
  // A login leads to the page of the only app; which page that is must not depend on the order of the tests.
  await AppInTest.create(product.url, session);
  await AppInTest.create(product.url, session);
  return product.stop;
}
