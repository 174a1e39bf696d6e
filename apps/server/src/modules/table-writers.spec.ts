/** Checks that each table is written by one module, so that all changes of a row are found in one folder. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const MODULES = import.meta.dirname;
/** Statements, removals by the shared service, and entities, which no other module may import. */
const WRITES = /(?:\b(?:INSERT INTO|UPDATE|DELETE FROM|table:) +'?|@Entity\(')([a-z]\w+)/g;
/** `DO UPDATE SET`, `FOR UPDATE OF`, and the type of a parameter. */
const NO_TABLES = new Set(['set', 'of', 'name', 'string']);
/** Rewrites what is sealed or quoted wherever it is stored: when the key is rotated, and when the service is upgraded. */
const WRITES_ANY = 'sealed-secrets';
const UNNAMED = /\b(?:INSERT INTO|UPDATE|DELETE FROM) +\$\{/;

const sources = readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(MODULES, file), 'utf8') }));

function writersByTable(): Map<string, Set<string>> {
  const writers = new Map<string, Set<string>>();
  for (const { file, text } of sources) {
    const [module = ''] = file.split(path.sep);
    for (const [, table = ''] of text.matchAll(WRITES)) {
      if (NO_TABLES.has(table) || module === WRITES_ANY) continue;
      writers.set(table, (writers.get(table) ?? new Set()).add(module));
    }
  }
  return writers;
}

it('has one writer', () => {
  const writers = writersByTable();
  const shared = [...writers].filter(([, modules]) => modules.size > 1);
  expect(shared.map(([table, modules]) => `${table}: ${[...modules].join(', ')}`)).toEqual([]);
  expect([...(writers.get('pending_deliveries') ?? [])]).toEqual(['delivery-store']);
  expect([...(writers.get('webhook_health') ?? [])]).toEqual(['webhook-configs']);
});

it('is named in the statement', () => {
  const unnamed = sources.filter(({ file, text }) => !file.startsWith(WRITES_ANY) && UNNAMED.test(text));
  expect(unnamed.map(({ file }) => file)).toEqual([]);
});
