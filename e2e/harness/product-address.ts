/** Passes the address of this run's product from the global setup to the workers, which inherit its environment. */
import type { ProductAddress } from './start-product.js';

const VARIABLE = 'IM_E2E_PRODUCT';

export function publishProduct({ url, adminEmail, adminPassword }: ProductAddress): void {
  process.env[VARIABLE] = JSON.stringify({ url, adminEmail, adminPassword });
}

export function findProduct(): ProductAddress {
  const published = process.env[VARIABLE];
  if (published === undefined) throw new Error('the global setup did not start the product');
  return JSON.parse(published) as ProductAddress;
}
