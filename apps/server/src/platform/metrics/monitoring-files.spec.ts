/** Checks that dashboards, alert rules and the chart name metrics that the service exposes, with labels that they have. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { postgresOptions } from '../database/data-source.js';
import { WatchPoolService } from '../database/watch-pool.service.js';
import { Metrics } from './metrics.js';

const DEPLOY = path.resolve(import.meta.dirname, '../../../../../deploy');
const DASHBOARDS = readdirSync(path.join(DEPLOY, 'monitoring/grafana')).map(
  (name) => `monitoring/grafana/${name}`,
);
const FILES = [
  ...DASHBOARDS,
  'monitoring/alert-rules.yaml',
  'helm/im-callback-console/prometheus-adapter-rules.yaml',
  'helm/im-callback-console/templates/autoscaling.yaml',
];
const METRIC = /\b(?:im_callback|nodejs|process)_[a-z0-9_]+\b/g;

interface Dashboard {
  uid: string;
  panels: { id: number; title: string; description: string; gridPos: Box; targets: { expr: string }[] }[];
}
interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

const read = (file: string) => readFileSync(path.join(DEPLOY, file), 'utf8');
const dashboardOf = (file: string) => JSON.parse(read(file)) as Dashboard;
let exposed: Set<string>;

beforeAll(async () => {
  const metrics = new Metrics('all');
  metrics.deliveries.watchLoad(() => ({ inFlight: 0, buffered: 0, lanes: 0 }));
  // It never connects.
  const dataSource = new DataSource(postgresOptions('postgres://im@127.0.0.1/im', 1));
  new WatchPoolService(dataSource, metrics).onModuleInit();
  const text = await metrics.render();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  exposed = new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
});

describe.each(FILES)('deploy/%s', (file) => {
  it('names metrics that there are', () => {
    const named = [...new Set(read(file).match(METRIC) ?? [])];
    expect(named.filter((name) => !exposed.has(name))).toEqual([]);
    expect(named).not.toHaveLength(0);
  });
});

describe.each(DASHBOARDS)('the dashboard deploy/%s', (file) => {
  const { panels } = dashboardOf(file);

  it('explains each of its panels', () => {
    for (const { title, description, targets } of panels) {
      expect(title).not.toBe('');
      expect(description).not.toBe('');
      expect(targets).not.toHaveLength(0);
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('has no panels that overlap or leave the grid', () => {
    const boxes = panels.map(({ gridPos }) => gridPos);
    const overlap = (a: Box, b: Box) =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    for (const [index, box] of boxes.entries()) {
      expect(box.x + box.w).toBeLessThanOrEqual(24);
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
    }
  });
});

it('each dashboard has a uid of its own', () => {
  expect(new Set(DASHBOARDS.map((file) => dashboardOf(file).uid)).size).toBe(DASHBOARDS.length);
});
