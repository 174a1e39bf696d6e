/** Puts the commands together: options of all of them, help and faults in the chosen language. */
import { Command, CommanderError, Option } from 'commander';
import { addApply } from './commands/apply.js';
import { addCompletion } from './commands/completion.js';
import { addListen } from './commands/listen.js';
import { addLogin } from './commands/login.js';
import { addRecover } from './commands/recover.js';
import { addRedeliver } from './commands/redeliver.js';
import { addSimulate } from './commands/simulate.js';
import { addTail } from './commands/tail.js';
import { addTrace } from './commands/trace.js';
import { addTrigger } from './commands/trigger.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { LANGUAGES } from './language.js';
import { runWith } from './run-command.js';
import type { GlobalOptions, Session } from './session.js';
import type { Texts } from './texts/en.js';
import { VERSION } from './version.js';

const COMMANDS = [
  addLogin,
  addListen,
  addTrigger,
  addTail,
  addRedeliver,
  addRecover,
  addTrace,
  addSimulate,
  addApply,
  addCompletion,
];

export function createProgram(session: Session, exit: (code: ExitCode) => void): Command {
  const { program: text } = session.text;
  const program = new Command('imcb')
    .description(text.description)
    .version(VERSION, '-V, --version', text.version)
    .helpOption('-h, --help', text.help)
    .helpCommand(false)
    .option('--profile <name>', text.profile)
    .option('--url <url>', text.url)
    .option('--app <appKey>', text.app)
    .option('--json', text.json)
    .addOption(new Option('--lang <language>', text.lang).choices(LANGUAGES));
  const run = runWith(session, exit);
  for (const add of COMMANDS) add(program, session, run);
  for (const command of [program, ...program.commands]) {
    command
      .helpOption('-h, --help', text.help)
      .configureHelp({ showGlobalOptions: true, styleTitle: (title) => text.titles[title] ?? title })
      // Said by reportFault.
      .configureOutput({ outputError: () => undefined })
      .exitOverride();
  }
  // Options of all commands may stand behind the command too.
  for (const command of program.commands) repeatGlobalOptions(command, program);
  program.hook('preAction', (_, command) => {
    const options = command.optsWithGlobals<GlobalOptions & { json?: boolean }>();
    session.options = options;
    session.out.isJson = options.json === true;
  });
  return program;
}

function repeatGlobalOptions(command: Command, program: Command): void {
  for (const { flags, description, long } of program.options) {
    if (long === '--version') continue;
    command.addOption(new Option(flags, description).hideHelp());
  }
}

/** @returns the exit code */
export function reportFault(error: unknown, { out, text }: Session, argv: readonly string[]): ExitCode {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return EXIT.ok;
  out.isJson = argv.includes('--json');
  // Help was printed instead of a command.
  if (error.code !== 'commander.help') out.error(faultText(error, text), {});
  return EXIT.usage;
}

function faultText({ code, message }: CommanderError, { errors }: Texts): string {
  const [, named = ''] = /'([^']*)'/.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return errors.unknownOption(named);
    case 'commander.unknownCommand':
      return errors.unknownCommand(named);
    case 'commander.missingArgument':
      return errors.missingArgument(named);
    case 'commander.optionMissingArgument':
      return errors.missingValue(named);
    case 'commander.missingMandatoryOptionValue':
      return errors.missingOption(named);
    case 'commander.excessArguments':
      return errors.tooMany;
    default:
      return message.replace(/^error: /, '');
  }
}
