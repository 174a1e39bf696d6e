/** Measures downloads of a whole log: their time, and the memory of the server. */
import { Writable } from 'node:stream';
import type { CaseResult, Figure } from '../report/case-result.js';
import type { Scene } from './scene.js';
import { openSeededLog, type SeedOptions } from './seeded-log.js';

const LINE_FEED = 0x0a;
const MAX_MIB = 400;

/** What is downloaded, one after the other. */
const DOWNLOADS = {
  'deliveries as csv': 'deliveries/export?format=csv',
  'deliveries as ndjson': 'deliveries/export?format=ndjson',
  'events as ndjson': 'events/export?format=ndjson',
} as const;

export async function runExport(scene: Scene, options: SeedOptions): Promise<CaseResult> {
  const { token, seededSeconds } = await openSeededLog(scene, options);
  const figures: Figure[] = [];
  for (const [name, path] of Object.entries(DOWNLOADS)) {
    options.onProgress(`export of ${name}`);
    const startedAt = performance.now();
    const { lines, mebibytes } = await download(
      `${scene.deployment.apiUrl}/api/v1/apps/${scene.appKey}/${path}`,
      token,
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const remark = `${lines.toLocaleString('en')} lines, ${mebibytes.toFixed(0)} MiB in ${seconds.toFixed(1)} s`;
    figures.push({ name: `rows/s of ${name}`, value: lines / seconds, unit: '/s', remark });
  }
  figures.push({
    name: 'peak memory of the server',
    value: await scene.peakResidentMiB(),
    unit: 'MiB',
    wanted: `<= ${MAX_MIB}`,
  });
  return {
    name: 'export',
    figures,
    integrity: null,
    cpuSecondsPer1000: {},
    notes: [`${options.deliveries.toLocaleString('en')} deliveries seeded in ${seededSeconds.toFixed(0)} s`],
  };
}

/** @throws Error when the answer fails or is incomplete */
async function download(url: string, token: string): Promise<{ lines: number; mebibytes: number }> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok || !response.body) throw new Error(`${url} answers ${response.status}`);
  let lines = 0;
  let bytes = 0;
  const count = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === LINE_FEED) lines += 1;
      done();
    },
  });
  await response.body.pipeTo(Writable.toWeb(count));
  return { lines, mebibytes: bytes / 2 ** 20 };
}
