import { readFileSync } from 'node:fs';
import { findEvent } from '@im/contracts/events/catalogue';
import { describe, expect, it } from 'vitest';
import { findCommand, OLDER_NAMES, OPENIM_COMMANDS } from './commands.js';

interface KnownCommand {
  command: string;
  configKey: string;
  phase: string;
  since: string | null;
  responseFields: string[];
  echoRequired: string[] | null;
  exampleRequest: object;
}

const known = JSON.parse(
  readFileSync(new URL('../fixtures/commands.json', import.meta.url), 'utf8'),
) as KnownCommand[];

describe('the table of commands', () => {
  it('has all 52, each once', () => {
    const names = OPENIM_COMMANDS.map(({ command }) => command);
    expect([...names].sort()).toEqual(known.map(({ command }) => command).sort());
    expect(new Set(names).size).toBe(52);
  });

  it.each(known)('agrees with OpenIM on $command', (expected) => {
    const command = findCommand(expected.command);
    expect(command).toMatchObject({
      configKey: expected.configKey,
      phase: expected.phase,
      since: expected.since,
    });
    expect(command?.echo ?? null).toEqual(expected.echoRequired);
    expect(expected.responseFields).toEqual(
      expect.arrayContaining(command?.changes.map(({ name }) => name) ?? []),
    );
    const fields = Object.values(command?.fields ?? {}).flatMap(({ from }) => from.slice(0, 1));
    const missing = fields.filter((path) => !(path.split('.')[0] ?? '' in expected.exampleRequest));
    expect(missing).toEqual([]);
  });

  it('names events and fields of the catalogue only', () => {
    for (const { event, fields, changes } of OPENIM_COMMANDS) {
      if (event === null) continue;
      const shape = Object.keys(findEvent(event)?.schema.shape ?? {});
      expect(shape).toEqual(expect.arrayContaining(Object.keys(fields)));
      const named = changes.flatMap(({ payload }) => payload.map((path) => path.split('.')[0]));
      expect(shape).toEqual(expect.arrayContaining(named));
    }
  });

  it('finds older names', () => {
    for (const [older, now] of Object.entries(OLDER_NAMES)) {
      expect(findCommand(older)?.command).toBe(now);
      expect(findCommand(older.toUpperCase())?.command).toBe(now);
    }
  });
});
