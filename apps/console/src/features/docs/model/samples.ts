/** Gives the sample code: files of docs/samples and kits, with the app's key and the service's address filled in. */
import type { SampleName } from '../content/blocks.js';

/** By language, in the order in which they are offered. */
const FILES = {
  node: { signature: 'signature.mjs', receive: 'receive.mjs', send: 'send.mjs' },
  python: { signature: 'signature.py', receive: 'receive.py', send: 'send.py' },
  go: { signature: 'imsignature/signature.go', receive: 'receive/main.go', send: 'send/main.go' },
  java: { signature: 'ImSignature.java', receive: 'CallbackController.java', send: 'SendEvent.java' },
  php: { signature: 'signature.php', receive: 'receive.php', send: 'send.php' },
  csharp: { signature: 'ImSignature.cs', receive: 'receive/Receive.cs', send: 'send/Send.cs' },
  curl: { signature: 'signature.sh', receive: 'receive.sh', send: 'send.sh' },
} as const satisfies Record<string, Record<Exclude<SampleName, 'kit'>, string>>;

export type SampleLanguage = keyof typeof FILES;

/** What is received with a kit, in the languages that have one. */
const KIT_FILES: Readonly<Partial<Record<SampleLanguage, string>>> = {
  node: 'node/examples/express.mjs',
  python: 'python/examples/receive_flask.py',
  go: 'go/examples/receive/main.go',
  java: 'java/src/test/java/example/ReceiveCallbacks.java',
  php: 'php/examples/receive.php',
};

export const LANGUAGE_NAMES: Readonly<Record<SampleLanguage, string>> = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  php: 'PHP',
  csharp: 'C#',
  curl: 'curl',
};
export const SAMPLE_LANGUAGES = Object.keys(FILES) as SampleLanguage[];

/** In the order in which they are offered. */
export function sampleNames(language: SampleLanguage): readonly SampleName[] {
  const names = ['receive', 'signature', 'send'] as const;
  return KIT_FILES[language] === undefined ? names : ['kit', ...names];
}

const APP_KEY = 'ak_your_app_key';
const BASE_URL = 'https://im.example.com';
const SAMPLES = '../../../../../../docs/samples/';
const KITS = '../../../../../../kits/';

const texts = import.meta.glob<string>('../../../../../../docs/samples/*/**/*.{mjs,py,go,java,php,cs,sh}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const kitTexts = import.meta.glob<string>(
  [
    '../../../../../../kits/{node,python,php}/examples/*.{mjs,py,php}',
    '../../../../../../kits/go/examples/receive/main.go',
    '../../../../../../kits/java/src/test/java/example/ReceiveCallbacks.java',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export function isSampleLanguage(value: unknown): value is SampleLanguage {
  return typeof value === 'string' && Object.hasOwn(FILES, value);
}

export interface Sample {
  /** Such as `signature.mjs`. */
  file: string;
  code: string;
}

/** A language without a kit has another receiver. */
export function sampleOf(
  language: SampleLanguage,
  name: SampleName,
  filledIn: { appKey: string; baseUrl: string },
): Sample {
  const kitFile = name === 'kit' ? KIT_FILES[language] : undefined;
  const file = kitFile ?? FILES[language][name === 'kit' ? 'receive' : name];
  const text = kitFile === undefined ? texts[`${SAMPLES}${language}/${file}`] : kitTexts[KITS + kitFile];
  const code = (text ?? '')
    .replaceAll(APP_KEY, filledIn.appKey)
    .replaceAll(BASE_URL, filledIn.baseUrl)
    .trimEnd();
  return { file: kitFile === undefined ? file : `kits/${kitFile}`, code };
}
