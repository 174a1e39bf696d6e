#!/usr/bin/env node
/** Runs the command line `imcb`. */
import type { ExitCode } from './exit-codes.js';
import { chooseLanguage, textsOf } from './language.js';
import { Output } from './output.js';
import { createProgram, reportFault } from './program.js';
import { Session } from './session.js';

const argv = process.argv.slice(2);
const language = chooseLanguage(argv, process.env);
const out = new Output(process.stdout, process.stderr);
const session = new Session(textsOf(language), language, out, process.env);
const exit = (code: ExitCode): void => {
  process.exitCode = code;
};

// A closed pipe ends the command (run-command.ts); what it still writes is lost.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
try {
  await createProgram(session, exit).parseAsync(argv, { from: 'user' });
} catch (error) {
  exit(reportFault(error, session, argv));
}
