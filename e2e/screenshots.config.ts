/**
 * Takes pictures: `pnpm screenshots` of every page, into e2e/test-results/pages; `pnpm screenshots readme` those of the
 * README, then `optipng docs/images/*.png`. No test.
 */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.js';

export default defineConfig(tests, {
  testDir: 'screenshots',
  outputDir: 'test-results/screenshots',
  // One after the other, so that a busy machine does not move what is measured.
  workers: 1,
});
