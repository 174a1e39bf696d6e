/**
 * Defines the settings of PostgreSQL. `off` is for temporary databases in tests: faster, not vacuumed, and lost in a
 * power cut. A killed process loses nothing either way.
 */
export type Durability = 'on' | 'off';

/** Given on the command line, so that a change here reaches clusters made earlier. */
export function postgresSettings(port: number, durability: Durability): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Without fsync a commit still reaches the operating system, so only a power cut can lose it.
    fsync: durability,
    full_page_writes: durability,
    // Its workers belong to the superuser, so a database it is busy in cannot be dropped by the product's role.
    autovacuum: durability,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
