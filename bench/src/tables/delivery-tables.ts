/** Copies the rows of one delivery; the only file here that knows the service's tables. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { insertFromArrays, readRowTemplate, type RowTemplate } from './row-template.js';

/** The rows of one event with one delivery, in the order they are written. */
const TABLES = ['events', 'event_users', 'deliveries', 'attempts'] as const;

const RECORDED_WITHIN_MS = 10_000;

export interface RowWriter {
  /** Writes the rows of a number of deliveries, in one commit. */
  write: (client: pg.ClientBase, count: number) => Promise<void>;
}

/** Takes the rows of the newest delivery as the pattern. Waits until its outcome is written. */
export async function createRowWriter(client: pg.ClientBase): Promise<RowWriter> {
  const templates = await readTemplates(client);
  const statements = templates.map((template) => ({ template, text: insertFromArrays(template) }));
  return {
    write: async (writer, count) => {
      const eventIds = newIds(count);
      const deliveryIds = newIds(count);
      const ids: Record<string, string[]> = {
        event_id: eventIds,
        delivery_id: deliveryIds,
        callback_id: newIds(count),
      };
      await writer.query('BEGIN');
      for (const { template, text } of statements) {
        const values = template.columns.map(
          ({ name, value }) => ids[name] ?? new Array<string | null>(count).fill(value),
        );
        await writer.query({ name: `insert-${template.table}`, text, values });
      }
      await writer.query('COMMIT');
    },
  };
}

export async function readTemplates(client: pg.ClientBase): Promise<RowTemplate[]> {
  const deadline = performance.now() + RECORDED_WITHIN_MS;
  while ((await countOf(client, 'attempts')) === 0 && performance.now() < deadline) await delay(20);
  const templates: RowTemplate[] = [];
  for (const table of TABLES) {
    const template = await readRowTemplate(client, table);
    if (template) templates.push(template);
  }
  return templates;
}

async function countOf(client: pg.ClientBase, table: (typeof TABLES)[number]): Promise<number> {
  const { rowCount } = await client.query(`SELECT FROM ${table} LIMIT 1`);
  return rowCount ?? 0;
}

function newIds(count: number): string[] {
  return Array.from({ length: count }, () => uuidv7());
}
