import { notifyError } from './notify.js';

/** Does something that may fail, and shows a failure; resolves to whether it was done. */
export async function attempt(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
}
