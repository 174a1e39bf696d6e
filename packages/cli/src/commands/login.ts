/** `imcb login` and `imcb logout`: the address and token of a service, saved for its owner alone. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { isApiError } from '@im/client/api-error';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import { clientOf, type Session } from '../session.js';

const DEFAULT_URL = 'http://127.0.0.1:3000';

export function addLogin(program: Command, session: Session, run: Run): void {
  const { login: text } = session.text;
  program
    .command('login')
    .description(text.description)
    .option('--token <token>', text.token)
    .action(({ token }: { token?: string }) => run((signal) => logIn(session, token, signal)));
  program
    .command('logout')
    .description(text.logoutDescription)
    .action(() => run(() => logOut(session)));
}

async function logIn(session: Session, given: string | undefined, signal: AbortSignal): Promise<void> {
  const { text, options, profileName, profiles, out } = session;
  const saved = await profiles.find(profileName);
  const url = (session.givenUrl ?? saved?.url ?? DEFAULT_URL).replace(/\/+$/, '');
  const token = (given ?? (await readToken(text.login.ask, signal))).trim();
  if (token === '') throw new CliError(EXIT.usage, text.login.noToken);
  await check(session, url, token);
  const { app } = options;
  await profiles.save(profileName, { url, token, ...(app !== undefined && { app }) });
  out.result({ profile: profileName, url }, text.login.saved(profileName, url));
}

/** A token may be valid without the scope of this route. */
async function check({ text, signal }: Session, url: string, token: string): Promise<void> {
  try {
    await clientOf(url, token, text, { retries: 1, signal }).call('GET /apps', {});
  } catch (error) {
    if (!isApiError(error, 'forbidden')) throw error;
  }
}

async function logOut({ text, profileName, profiles, out }: Session): Promise<void> {
  if (!(await profiles.remove(profileName)))
    throw new CliError(EXIT.notFound, text.login.unknown(profileName));
  out.result({ profile: profileName }, text.login.forgotten(profileName));
}

/** One line of standard input; in a terminal it is not echoed. */
async function readToken(question: string, signal: AbortSignal): Promise<string> {
  const isTyped = process.stdin.isTTY;
  if (isTyped) process.stderr.write(question);
  const hidden = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: hidden, terminal: isTyped, signal });
  // While a token is typed, Ctrl+C is a key that readline reads.
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) return line;
    signal.throwIfAborted();
    return '';
  } finally {
    lines.close();
    if (isTyped) process.stderr.write('\n');
  }
}
