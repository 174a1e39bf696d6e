import type { EntityManager } from 'typeorm';

/** A transaction under way, for services of several modules whose writes are committed together. */
export type Transaction = EntityManager;
