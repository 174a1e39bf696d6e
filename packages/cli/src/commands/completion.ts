/** `imcb completion`: a script that completes commands and options, generated from the commands. */
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

interface Word {
  name: string;
  description: string;
  options: { flag: string; description: string }[];
}

type Shell = (words: readonly Word[], globals: Word['options']) => string;

export function addCompletion(program: Command, session: Session, run: Run): void {
  const { completion: text } = session.text;
  program
    .command('completion')
    .description(text.description)
    .argument('<shell>', text.shell)
    .action((shell: string) =>
      run(() => {
        const write = SHELLS[shell];
        if (!write) throw new CliError(EXIT.usage, session.text.errors.badShell(shell));
        const words = program.commands.map((command) => ({
          name: command.name(),
          description: command.description(),
          options: optionsOf(command),
        }));
        session.out.text(write(words, optionsOf(program)));
        return Promise.resolve();
      }),
    );
}

function optionsOf(command: Command): Word['options'] {
  return command.options.flatMap(({ long, description }) =>
    typeof long !== 'string' ? [] : [{ flag: long, description }],
  );
}

const flagsOf = (options: Word['options']): string => options.map(({ flag }) => flag).join(' ');

const SHELLS: Readonly<Record<string, Shell>> = {
  bash: (words, globals) => `_imcb() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${words.map(({ name }) => name).join('|')}) command="$word"; break ;;
    esac
  done
  local words="${words.map(({ name }) => name).join(' ')} ${flagsOf(globals)}"
  case "$command" in
${words.map(({ name, options }) => `    ${name}) words="${`${flagsOf(options)} ${flagsOf(globals)}`.trim()}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _imcb imcb
`,
  zsh: (words, globals) => `#compdef imcb
_imcb() {
  local -a commands
  commands=(
${words.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${words.map(({ name, options }) => `    ${name}) _arguments ${[...options, ...globals].map(zshOption).join(' ')} '*:file:_files' ;;`).join('\n')}
  esac
}
compdef _imcb imcb
`,
  fish: (words, globals) =>
    [
      'complete -c imcb -e',
      ...words.map(
        ({ name, description }) =>
          `complete -c imcb -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ),
      ...globals.map(
        ({ flag, description }) => `complete -c imcb -l ${flag.slice(2)} -d ${quoted(description)}`,
      ),
      ...words.flatMap(({ name, options }) =>
        options.map(
          ({ flag, description }) =>
            `complete -c imcb -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d ${quoted(description)}`,
        ),
      ),
      '',
    ].join('\n'),
};

function zshOption({ flag, description }: { flag: string; description: string }): string {
  return quoted(`${flag}[${description.replace(/[[\]:]/g, ' ')}]`);
}

/** For a shell, in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
