/** Writes the event types and the test cases of the kits (`pnpm kits`). */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { kitFiles, PHP_PAYLOADS } from './kit-files.js';

const KITS = fileURLToPath(new URL('../../', import.meta.url));

// A class of a payload that is no more would stay.
rmSync(path.join(KITS, PHP_PAYLOADS), { recursive: true, force: true });
for (const [name, text] of kitFiles()) {
  const file = path.join(KITS, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
