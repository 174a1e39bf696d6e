import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPENIM_COMMANDS } from '../mapping/commands.js';
import { openimAdapter } from '../openim.adapter.js';

const NOW = new Date('2026-11-29T10:00:00Z');
const RECORDINGS = new URL('../fixtures/recordings/', import.meta.url);
const COMMANDS = OPENIM_COMMANDS.map(({ command }) => command);

interface Recording {
  path: string;
  headers: [string, string][];
  bodyText: string;
}

function recordingOf(command: string): Recording {
  const file = readdirSync(RECORDINGS).find((name) => name.endsWith(`-${command}.json`)) ?? '';
  return JSON.parse(readFileSync(new URL(file, RECORDINGS), 'utf8')) as Recording;
}

function sample(command?: string, version = 'main') {
  const made = openimAdapter.sample(command, { version }, NOW);
  if (!made) throw new Error(`no sample of ${String(command)}`);
  return { ...made, text: made.body.toString() };
}

describe('a sample', () => {
  it.each(COMMANDS)('of %s has the keys, the order and the headers of a real one', (command) => {
    const real = recordingOf(command);
    const made = sample(command);
    expect(Object.keys(JSON.parse(made.text) as object)).toEqual(
      Object.keys(JSON.parse(real.bodyText) as object),
    );
    expect(made.text.endsWith('}\n')).toBe(true);
    const names = real.headers.map(([name]) => name.toLowerCase()).filter((name) => name !== 'host');
    expect(Object.keys(made.headers).sort()).toEqual(names.sort());
    expect(made.headers['content-length']).toBe(String(made.body.length));
    const { searchParams } = new URL(real.path, 'http://localhost');
    expect([...new URLSearchParams(made.query)]).toEqual([...searchParams]);
  });

  it.each(OPENIM_COMMANDS)(
    'of $command is understood as what the table says',
    ({ command, phase, event }) => {
      const reading = openimAdapter.read(sample(command), {});
      expect(reading).toMatchObject({ command, kind: phase === 'before' ? 'before' : 'events' });
      const names =
        reading.kind === 'before'
          ? [reading.question.event]
          : reading.kind === 'events' && reading.events.map((each) => each.event);
      // A group that is to be made has no id yet, so the original is asked about.
      const isOriginal = event === null || command === 'callbackBeforeCreateGroupCommand';
      expect(new Set(names || [])).toEqual(new Set([isOriginal ? `openim.${command}` : event]));
    },
  );

  it.each(COMMANDS)('of %s has values of the types of a real one', (command) => {
    const real = JSON.parse(recordingOf(command).bodyText) as Record<string, unknown>;
    const made = JSON.parse(sample(command).text) as Record<string, unknown>;
    const typesOf = (body: Record<string, unknown>) =>
      Object.entries(body)
        .filter(([name]) => made[name] !== null && real[name] !== null)
        .map(([name, value]) => [name, Array.isArray(value) ? 'list' : typeof value]);
    expect(typesOf(made)).toEqual(typesOf(real));
  });

  it('escapes as Go does', () => {
    expect(sample().text).toContain(String.raw`Ann \u003ctest\u003e`);
    expect(sample().text).toContain(String.raw`a.png?x=1\u0026y=2`);
    expect(sample('callbackBeforeJoinGroupCommand').text).toContain(String.raw`"groupType":"\u0002"`);
  });

  it('is a message of its own each time', () => {
    expect(sample().text).not.toBe(sample().text);
    expect(sample().path).toBe('callbackAfterSendSingleMsgCommand');
  });

  it('of older versions has neither the query nor, in 3.7, the time of sending', () => {
    expect(sample(undefined, '3.8').query).toBe('');
    expect(sample(undefined, '3.8').text).toContain('sendTime');
    expect(sample(undefined, '3.7').text).not.toContain('sendTime');
  });

  it('of an unknown command is none', () => {
    expect(openimAdapter.sample('nothing', {}, NOW)).toBeNull();
    expect(openimAdapter.sample('constructor', {}, NOW)).toBeNull();
  });
});
