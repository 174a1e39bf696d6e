import { Gauge, type Registry } from '@prometheus-io/client';

/** A gauge that asks for its number at each scrape. */
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
