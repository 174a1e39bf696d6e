/** Lists the languages of docs/samples and the receivers of kits, how each is run, and which this machine can run. */
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstMissing, run, type Run } from './run.js';

export interface Language {
  name: string;
  /** What has to be on the machine. */
  needs: Run[];
  /** Compiles, before anything else. */
  build?: (directory: string) => Promise<Run>;
  /** Answers questions by the sample. */
  answer: (directory: string) => Run;
  /** Sends an event by the sample. */
  send: (directory: string) => Run;
  /** Receives callbacks by the sample; needs the framework. */
  receive?: { run: (directory: string) => Run; needs: Run[] };
  /** It has no `isGenuine`. */
  onlySigns?: boolean;
}

export const SAMPLES = fileURLToPath(new URL('../../../../docs/samples/', import.meta.url));
const KITS = fileURLToPath(new URL('../../../../kits/', import.meta.url));
const DRIVERS = fileURLToPath(new URL('../../test/samples/', import.meta.url));

const ofSample = (...names: string[]) => path.join(SAMPLES, ...names);
const ofDriver = (name: string) => path.join(DRIVERS, name);
const scripted = (
  command: string,
  directory: string,
  extension: string,
): Pick<Language, 'answer' | 'send'> => ({
  answer: () => ({ command, args: [ofDriver(`vectors.${extension}`), ofSample(directory)] }),
  send: () => ({ command, args: [ofSample(directory, `send.${extension}`)] }),
});

export const LANGUAGES: readonly Language[] = [
  {
    name: 'Node',
    needs: [],
    ...scripted(process.execPath, 'node', 'mjs'),
    // Express is a development dependency of this repository.
    receive: {
      run: () => ({ command: process.execPath, args: [ofSample('node', 'receive.mjs')] }),
      needs: [],
    },
  },
  {
    name: 'Python',
    needs: [{ command: 'python3', args: ['--version'] }],
    ...scripted('python3', 'python', 'py'),
    receive: {
      run: () => ({ command: 'python3', args: [ofSample('python', 'receive.py')] }),
      needs: [{ command: 'python3', args: ['-c', 'import flask'] }],
    },
  },
  {
    name: 'PHP',
    needs: [{ command: 'php', args: ['--version'] }],
    ...scripted('php', 'php', 'php'),
    receive: {
      run: () => ({
        command: 'sh',
        args: ['-c', 'exec php -S "127.0.0.1:$PORT" "$0"', ofSample('php', 'receive.php')],
      }),
      needs: [],
    },
  },
  {
    name: 'curl',
    needs: [
      { command: 'bash', args: ['--version'] },
      { command: 'curl', args: ['--version'] },
      { command: 'openssl', args: ['version'] },
    ],
    ...scripted('bash', 'curl', 'sh'),
    onlySigns: true,
  },
  {
    name: 'Go',
    needs: [{ command: 'go', args: ['version'] }],
    build: async (directory) => {
      await cp(ofSample('go'), directory, { recursive: true });
      await cp(ofDriver('vectors.go'), path.join(directory, 'vectors', 'main.go'));
      return { command: 'go', args: ['build', '-o', 'bin/', './...'], cwd: directory };
    },
    answer: (directory) => ({ command: path.join(directory, 'bin', 'vectors'), args: [] }),
    send: (directory) => ({ command: path.join(directory, 'bin', 'send'), args: [] }),
    receive: {
      run: (directory) => ({ command: path.join(directory, 'bin', 'receive'), args: [] }),
      needs: [],
    },
  },
  {
    name: 'Java',
    needs: [{ command: 'javac', args: ['--version'] }],
    build: (directory) =>
      Promise.resolve({
        command: 'javac',
        args: [
          ...['-encoding', 'UTF-8', '-d', directory],
          ...['ImSignature.java', 'SendEvent.java'].map((name) => ofSample('java', name)),
          ofDriver('Vectors.java'),
        ],
      }),
    answer: (directory) => ({ command: 'java', args: ['-cp', directory, 'Vectors'] }),
    send: (directory) => ({ command: 'java', args: ['-cp', directory, 'SendEvent'] }),
  },
];

export type Receiving = Language & Required<Pick<Language, 'receive'>>;

export const RECEIVING = LANGUAGES.filter(
  (language): language is Receiving => language.receive !== undefined,
);

const ofKit = (...names: string[]) => path.join(KITS, ...names);

/** Receivers on the kits; that of Java is compiled with its tests. */
export const KIT_RECEIVING: readonly (Pick<Language, 'name' | 'needs' | 'build'> &
  Pick<Receiving, 'receive'>)[] = [
  {
    name: 'Node with the kit',
    needs: [],
    receive: {
      run: () => ({ command: process.execPath, args: [ofKit('node', 'examples', 'express.mjs')] }),
      needs: [],
    },
  },
  {
    name: 'Python with the kit',
    needs: [{ command: 'python3', args: ['--version'] }],
    receive: {
      run: () => ({
        command: 'env',
        args: [
          `PYTHONPATH=${ofKit('python', 'src')}`,
          'python3',
          ofKit('python', 'examples', 'receive_flask.py'),
        ],
      }),
      needs: [{ command: 'python3', args: ['-c', 'import flask'] }],
    },
  },
  {
    name: 'Go with the kit',
    needs: [{ command: 'go', args: ['version'] }],
    build: (directory) =>
      Promise.resolve({
        command: 'go',
        args: ['build', '-o', path.join(directory, 'receive'), './examples/receive'],
        cwd: ofKit('go'),
      }),
    receive: {
      run: (directory) => ({ command: path.join(directory, 'receive'), args: [] }),
      needs: [],
    },
  },
  {
    name: 'PHP with the kit',
    needs: [{ command: 'php', args: ['--version'] }],
    receive: {
      run: () => ({
        command: 'sh',
        args: ['-c', 'exec php -S "127.0.0.1:$PORT" "$0"', ofKit('php', 'examples', 'receive.php')],
      }),
      needs: [],
    },
  },
];

/** Those that this machine has everything for. */
export async function runnable<L>(
  languages: readonly L[],
  needsOf: (language: L) => readonly Run[],
): Promise<L[]> {
  const missing = await Promise.all(languages.map((language) => firstMissing(needsOf(language))));
  return languages.filter((_, index) => missing[index] === null);
}

export const needsToSign = ({ needs }: Language): readonly Run[] => needs;
export const needsToReceive = ({ needs, receive }: Pick<Receiving, 'needs' | 'receive'>): readonly Run[] => [
  ...needs,
  ...receive.needs,
];

/** @returns a new directory with what was compiled */
export async function compiled({ build }: Pick<Language, 'build'>): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'im-sample-'));
  if (build) await run(await build(directory));
  return directory;
}
