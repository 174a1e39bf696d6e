/** Lets what a test made load arrive before its file ends: a module that is asked for later fails the whole run. */
import { afterEach, vi } from 'vitest';

afterEach(() => vi.dynamicImportSettled());
