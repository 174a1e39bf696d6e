/** CPU that the service costs: its own processes, PostgreSQL and Redis, without load generator, receiver and benchmark. */
const NOT_OF_THE_SERVICE: ReadonlySet<string> = new Set(['receiver', 'generator', 'bench']);

export function serviceCpuOf(cpuSeconds: Readonly<Record<string, number>>): number {
  return Object.entries(cpuSeconds).reduce(
    (sum, [process, seconds]) => (NOT_OF_THE_SERVICE.has(process) ? sum : sum + seconds),
    0,
  );
}
