import { publishProduct } from './product-address.js';
import { startProduct } from './start-product.js';

/** Starts the product before the first test; what it answers stops it after the last. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  // Playwright ends in order on an interrupt only; on a SIGTERM it would leave the data directory behind.
  process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
  const product = await startProduct();
  publishProduct(product);
  return product.stop;
}
