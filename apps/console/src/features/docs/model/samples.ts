/** Gives the sample code: the files of docs/samples, with the app's key and the service's address filled in. */
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
} as const satisfies Record<string, Record<SampleName, string>>;

export type SampleLanguage = keyof typeof FILES;

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
export const SAMPLE_NAMES: readonly SampleName[] = ['receive', 'signature', 'send'];

const APP_KEY = 'ak_your_app_key';
const BASE_URL = 'https://im.example.com';
const DIRECTORY = '../../../../../../docs/samples/';

const texts = import.meta.glob<string>('../../../../../../docs/samples/*/**/*.{mjs,py,go,java,php,cs,sh}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export function isSampleLanguage(value: unknown): value is SampleLanguage {
  return typeof value === 'string' && Object.hasOwn(FILES, value);
}

export interface Sample {
  /** Such as `signature.mjs`. */
  file: string;
  code: string;
}

export function sampleOf(
  language: SampleLanguage,
  name: SampleName,
  filledIn: { appKey: string; baseUrl: string },
): Sample {
  const file = FILES[language][name];
  const text = texts[`${DIRECTORY}${language}/${file}`] ?? '';
  const code = text.replaceAll(APP_KEY, filledIn.appKey).replaceAll(BASE_URL, filledIn.baseUrl).trimEnd();
  return { file, code };
}
