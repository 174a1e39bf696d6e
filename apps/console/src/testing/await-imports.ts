/** Waits for the dynamic imports of each test: one that resolves after its file has ended fails the whole run. */
import { afterEach, vi } from 'vitest';

afterEach(() => vi.dynamicImportSettled());
