/** Messages that pass: what was done, or why it was not. */
import 'element-plus/es/components/message/style/css';
import { ElMessage } from 'element-plus/es/components/message/index.mjs';
import { useText } from '../../i18n/i18n.js';
import { errorLine } from '../http/describe-error.js';

export function notifySuccess(text: string): void {
  ElMessage.success({ message: text, grouping: true });
}

export function notifyWarning(text: string): void {
  ElMessage.warning({ message: text, grouping: true, duration: 6000, showClose: true });
}

/** Says what failed and the server's reason, long enough to read it. */
export function notifyError(error: unknown): void {
  const { t, localeTag } = useText();
  ElMessage.error({
    message: errorLine(error, t, localeTag.value),
    grouping: true,
    duration: 8000,
    showClose: true,
  });
}
