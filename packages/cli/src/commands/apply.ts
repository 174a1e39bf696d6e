/** `imcb apply` and `imcb diff`: apps, webhooks, sources and event types as a file says. */
import { isApiError } from '@im/client/api-error';
import type { Command } from 'commander';
import { mapWithLimit } from '../apply/map-with-limit.js';
import { planChanges, type Change, type Plan } from '../apply/plan-changes.js';
import { readConfig } from '../apply/read-config.js';
import { readText } from '../arguments.js';
import { CliError, EXIT, exitCodeOf } from '../exit-codes.js';
import { columns } from '../output.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

interface ApplyOptions {
  file: string;
  dryRun?: boolean;
  prune?: boolean;
}

export function addApply(program: Command, session: Session, run: Run): void {
  const { apply: text } = session.text;
  program
    .command('apply')
    .description(text.description)
    .requiredOption('-f, --file <file>', text.file)
    .option('--dry-run', text.dryRun)
    .option('--prune', text.prune)
    .action((options: ApplyOptions) =>
      run(async (signal) => {
        await apply(session, options, signal);
      }),
    );
  program
    .command('diff')
    .description(text.diffDescription)
    .requiredOption('-f, --file <file>', text.file)
    .option('--prune', text.prune)
    .action((options: ApplyOptions) =>
      run(async (signal) => {
        const changes = await apply(session, { ...options, dryRun: true }, signal);
        if (changes.length > 0) throw new CliError(EXIT.different, '');
      }),
    );
}

/** @returns what it changed, or would */
async function apply(
  session: Session,
  { file, dryRun, prune }: ApplyOptions,
  signal: AbortSignal,
): Promise<Change[]> {
  const { out, text } = session;
  const config = readConfig(await readText(file, text, signal), process.env, text);
  const plan = await planChanges(await session.client(), config, prune === true);
  const changes = plan.flat().filter(({ action }) => action !== 'same');
  report(session, changes);
  if (dryRun !== true) await make(plan, session);
  const counts = countOf(plan.flat());
  const { create, update, delete: deleted, same } = counts;
  const summary = text.apply.summary(create, update, deleted, same);
  out.result({ summary: counts }, changes.length === 0 ? text.apply.same(same) : summary);
  return changes;
}

/** Names of fields only: their values may be secrets. */
function report({ out, text }: Session, changes: readonly Change[]): void {
  const lines = columns(
    changes.map(({ action, kind, id, fields }) => [text.apply.change[action], kind, id, fields.join(', ')]),
  );
  for (const [index, { action, kind, id, fields }] of changes.entries()) {
    out.result({ action, kind, id, fields }, (lines[index] ?? '').trimEnd());
  }
}

/** A stage ends before the next one begins; after a failure nothing more is started. */
async function make(plan: Plan, session: Session): Promise<void> {
  for (const stage of plan) {
    const changes = stage.filter(({ action }) => action !== 'same');
    await mapWithLimit(changes, async ({ kind, id, apply: change }) => {
      await change().catch((error: unknown) => {
        throw failureOf(error, `${kind} ${id}`, session);
      });
    });
  }
}

/** @returns any other error than one of a call unchanged */
function failureOf(error: unknown, where: string, { text }: Session): unknown {
  if (!isApiError(error)) return error;
  const faults = error.errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  const what = faults === '' ? error.message : faults;
  return new CliError(exitCodeOf(error.code, error.status), text.apply.fault(where, what));
}

function countOf(changes: readonly Change[]): Record<Change['action'], number> {
  const counts = { create: 0, update: 0, delete: 0, same: 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}
