/** Loads the renderer's script from its package, appends what starts it, and compresses both. */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import fastify from 'fastify';
import type { FileEncoding } from './domain/accepted-encoding.js';
import { START_SCRIPT } from './domain/start-script.js';

/** Half a second; the best takes many times as long for a tenth less. */
const BROTLI_QUALITY = 6;
/** Where the package's plugin serves the script by default. */
const PACKAGE_PATH = '/reference/js/scalar.js';

export interface ReferenceScript {
  /** Of the text, however it is compressed. */
  hash: string;
  bytes: Readonly<Record<FileEncoding, Buffer>>;
}

/** Keeps some 20 MB in memory: the package is a module with its script as a text. */
export async function loadScript(): Promise<ReferenceScript> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const source = fastify();
  await source.register(scalar, { configuration: { url: '/' } });
  const { statusCode, rawPayload } = await source.inject(PACKAGE_PATH);
  await source.close();
  if (statusCode !== 200) throw new Error(`The renderer's package answered ${String(statusCode)}`);
  const identity = Buffer.concat([rawPayload, Buffer.from(START_SCRIPT)]);
  const [br, gzipped] = await Promise.all([
    promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
    promisify(gzip)(identity),
  ]);
  return { hash: hash('sha256', identity, 'base64url'), bytes: { br, gzip: gzipped, identity } };
}
