/** Takes the README's pictures: `pnpm --filter @im/e2e screenshots`, then `optipng docs/images/*.png`. No test. */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.js';

export default defineConfig(tests, {
  testDir: 'screenshots',
  outputDir: 'test-results/screenshots',
  workers: 1,
});
