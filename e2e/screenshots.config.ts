/**
 * `pnpm --filter @im/e2e screenshots` takes the README's pictures again (then `optipng docs/images/*.png`); it is no
 * part of the tests.
 */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.js';

export default defineConfig(tests, {
  testDir: 'screenshots',
  outputDir: 'test-results/screenshots',
  workers: 1,
});
