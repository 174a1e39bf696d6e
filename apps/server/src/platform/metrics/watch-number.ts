import { Gauge, type Registry } from '@prometheus-io/client';

/** Makes a gauge that reads its number at each scrape. */
export function watchNumber(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
