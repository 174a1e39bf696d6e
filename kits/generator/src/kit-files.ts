/** Lists every file that is written for the kits, with its text. */
import { signSync } from '@im/contracts/signature-node';
import { describeCatalogue } from './describe-catalogue.js';
import { parseCases } from './parse-cases.js';
import { readVectors } from './vectors.js';
import { verifyCases } from './verify-cases.js';
import { writeGo } from './write-go.js';
import { writeJava } from './write-java.js';
import { writePhp } from './write-php.js';
import { writePython } from './write-python.js';
import { writeTypeScript } from './write-typescript.js';

export const PHP_PAYLOADS = 'php/src/Payload';

/** @returns the texts by path below `kits/` */
export function kitFiles(): Map<string, string> {
  const catalogue = describeCatalogue();
  return new Map([
    ['catalogue.json', json(catalogue)],
    ['test-cases.json', json(testCases())],
    ['node/src/payloads.ts', writeTypeScript(catalogue)],
    ['python/src/im_callback/payloads.py', writePython(catalogue)],
    ['go/payloads.go', writeGo(catalogue)],
    ['java/src/main/java/imcallback/Payloads.java', writeJava(catalogue)],
    ...[...writePhp(catalogue)].map(([name, text]) => [`${PHP_PAYLOADS}/${name}`, text] as const),
  ]);
}

/** What the tests of all kits read. */
function testCases() {
  const vectors = readVectors();
  const input = { appKey: 'ak_demo_0001', timestamp: '1763712000123', nonce: '0123456789abcdef'.repeat(2) };
  const body = '{"event":"message.sent","data":{"text":"你好"}}';
  return {
    verify: verifyCases(vectors),
    sign: { ...input, secret: '密钥-secret', body, signature: signSync('密钥-secret', input, body) },
    parse: parseCases(),
  };
}

function json(value: object): string {
  const $comment = 'Written by `pnpm kits` from the contracts: do not edit.';
  return `${JSON.stringify({ $comment, ...value }, null, 1)}\n`;
}
