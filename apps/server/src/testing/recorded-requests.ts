/** Posts recorded requests of IM servers byte by byte, headers in their order. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RawConnection, type RawAnswer } from './raw-http.js';

export interface RecordedRequest {
  name: string;
  method: string;
  /** With `TOKEN` in place of the token. */
  path: string;
  headers: [name: string, value: string][];
  body: Buffer;
}

const SOURCES = path.join(import.meta.dirname, '../modules/sources');

/** @param folder below `modules/sources`, such as `openim/fixtures` */
export function recordedRequests(folder: string): RecordedRequest[] {
  const directory = path.join(SOURCES, folder);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const recorded = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as {
        method?: string;
        path?: string;
        headers?: [string, string][];
        bodyBase64?: string;
      };
      const { method, path: address, headers, bodyBase64 } = recorded;
      // Messages of gRPC, and a request that followed a redirect elsewhere, came to no source's address.
      if (method === undefined || !address?.startsWith('/in/') || headers === undefined) return [];
      return [{ name: file, method, path: address, headers, body: Buffer.from(bodyBase64 ?? '', 'base64') }];
    });
}

/** @param address of the source, with its token */
export async function playRecorded(address: string, request: RecordedRequest): Promise<RawAnswer> {
  const { origin, pathname } = new URL(address);
  const token = pathname.split('/').at(-1) ?? '';
  const lines = request.headers.map(([name, value]) => `${name}: ${value}`);
  const start = `${request.method} ${request.path.replace('TOKEN', token)} HTTP/1.1`;
  const connection = RawConnection.open(origin);
  try {
    connection.send([start, ...lines, '', ''].join('\r\n') + request.body.toString('latin1'));
    return await connection.answer();
  } finally {
    connection.close();
  }
}
