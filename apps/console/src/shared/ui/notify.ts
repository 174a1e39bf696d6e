/** Shows a passing message: what was done, or why it was not. Loaded when the first one shows. */
import { useText } from '../../i18n/i18n.js';
import { errorLine } from '../http/describe-error.js';

export function notifySuccess(text: string): void {
  void show('success', text, 3000);
}

export function notifyWarning(text: string): void {
  void show('warning', text, 6000);
}

/** Says what failed and why, long enough to read it. */
export function notifyError(error: unknown): void {
  const { t, localeTag } = useText();
  notifyFailure(errorLine(error, t, localeTag.value));
}

export function notifyFailure(text: string): void {
  void show('error', text, 8000);
}

async function show(
  type: 'success' | 'warning' | 'error',
  message: string,
  durationMs: number,
): Promise<void> {
  const { ElMessage } = await import('./element-message.js');
  ElMessage({ type, message, duration: durationMs, grouping: true, showClose: type !== 'success' });
}
