/** Defines the limits of the machine, each part alone, that figures are compared with. */

export interface Limits {
  /** Callbacks a bare undici loop posts to the same receiver, each second. */
  httpPerSecond: number;
  /** Deliveries' worth of rows PostgreSQL takes in commits of 100, each second. */
  postgresPerSecond: number;
  /** Jobs that Bull adds and processes, each second. */
  bullPerSecond: number;
}

/** Each returns how much was done in a second. */
export interface LimitCommands {
  postCallbacks: { input: { url: string; seconds: number }; output: number };
  insertRows: { input: { databaseUrl: string; seconds: number }; output: number };
  runJobs: { input: { redisUrl: string; seconds: number }; output: number };
}
