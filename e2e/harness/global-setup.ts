import { publishProduct } from './product-address.js';
import { startProduct } from './start-product.js';

/** Starts the product before the first test; what it answers stops it after the last. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  publishProduct(product);
  return product.stop;
}
