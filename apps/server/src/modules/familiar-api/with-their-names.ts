import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import { renamePointers } from './domain/rename-pointers.js';

/** Runs a service of the other API; the faults it finds get the names of this one. */
export async function withTheirNames<T>(run: () => Promise<T> | T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid_input' || !error.errors) throw error;
    throw invalidInput(renamePointers(error.errors));
  }
}
