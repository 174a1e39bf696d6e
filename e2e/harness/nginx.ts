/** Runs nginx with the example configuration of `deploy/`, on a port of its own and with a certificate of this run. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfSignedCertificate } from './self-signed-certificate.js';

const EXAMPLE = fileURLToPath(new URL('../../deploy/nginx/im-callback-console.conf', import.meta.url));
/** What the package's own nginx.conf would say around the example. */
const MAIN = `
${process.getuid?.() === 0 ? 'user root;' : ''}
pid nginx.pid;
worker_processes 1;
events {}
http {
  access_log access.log;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  include im-callback-console.conf;
}
`;

export interface RunningNginx {
  /** The lines of its access log so far. */
  readAccessLog: () => Promise<string>;
  stop: () => Promise<void>;
}

export interface NginxPorts {
  /** Where it listens. */
  own: number;
  /** Of the service behind it. */
  service: number;
}

export async function startNginx(program: string, ports: NginxPorts): Promise<RunningNginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'im-e2e-nginx-'));
  const { key, cert } = selfSignedCertificate();
  await Promise.all([
    writeFile(path.join(folder, 'nginx.conf'), MAIN),
    writeFile(path.join(folder, 'im-callback-console.conf'), fillIn(await readFile(EXAMPLE, 'utf8'), ports)),
    writeFile(path.join(folder, 'host.key'), key),
    writeFile(path.join(folder, 'host.crt'), cert),
  ]);
  const own = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'];
  const nginx = spawn(program, own, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(nginx, 'spawn');
  return {
    readAccessLog: () => readFile(path.join(folder, 'access.log'), 'utf8'),
    stop: async () => {
      await end(nginx);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Everything else is as in the example. */
function fillIn(example: string, { own, service }: NginxPorts): string {
  const values = [
    ['listen 443 ssl;', `listen 127.0.0.1:${String(own)} ssl;`],
    ['server 127.0.0.1:8080;', `server 127.0.0.1:${String(service)};`],
    ['/etc/nginx/tls/callbacks.example.com.crt', 'host.crt'],
    ['/etc/nginx/tls/callbacks.example.com.key', 'host.key'],
  ] as const;
  return values.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`the example has not exactly one "${from}"`);
    return text.replace(from, to);
  }, example);
}

async function end(nginx: ChildProcess): Promise<void> {
  if (nginx.exitCode !== null || nginx.signalCode !== null) return;
  const exited = once(nginx, 'exit');
  nginx.kill('SIGTERM');
  await exited;
}
