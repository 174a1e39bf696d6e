/** Keeps values in this browser, or in memory where it keeps nothing, as in a frame of another site. */
import { useStorage, type RemovableRef, type StorageLike } from '@vueuse/core';

class Memory implements StorageLike {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

export const browserStorage: StorageLike = storageOfBrowser() ?? new Memory();

export function useKept<T extends string | boolean>(key: string, initial: T): RemovableRef<T> {
  return useStorage<T>(key, initial, browserStorage);
}

/** Browsers that block it throw when it is asked for. */
function storageOfBrowser(): StorageLike | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
