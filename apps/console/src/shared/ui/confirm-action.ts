import 'element-plus/es/components/message-box/style/css';
import 'element-plus/es/components/button/style/css';
import 'element-plus/es/components/input/style/css';
import { ElMessageBox } from 'element-plus/es/components/message-box/index.mjs';
import { useText } from '../../i18n/i18n.js';

export interface ConfirmOptions {
  title: string;
  /** Names the thing that the action is done to. */
  message: string;
  /** The verb, as on the button that was pressed: never just "OK". */
  confirmText: string;
  /** Shows a red button, for what cannot be undone. */
  isDangerous?: boolean;
}

export interface ConfirmByNameOptions extends Omit<ConfirmOptions, 'isDangerous'> {
  /** Has to be typed. */
  name: string;
}

/** Asks for the name of what is deleted with everything below it; resolves to whether to go on. */
export async function confirmByName({
  title,
  message,
  confirmText,
  name,
}: ConfirmByNameOptions): Promise<boolean> {
  const { t } = useText();
  try {
    await ElMessageBox.prompt(message, title, {
      type: 'warning',
      confirmButtonText: confirmText,
      cancelButtonText: t('common.cancel'),
      confirmButtonClass: 'el-button--danger',
      inputPlaceholder: name,
      inputValidator: (typed: string | null) => typed?.trim() === name || t('common.typeName', { name }),
    });
    return true;
  } catch {
    return false;
  }
}

/** Asks before doing; resolves to whether to go on. */
export async function confirmAction(options: ConfirmOptions): Promise<boolean> {
  const { t } = useText();
  try {
    await ElMessageBox.confirm(options.message, options.title, {
      type: 'warning',
      confirmButtonText: options.confirmText,
      cancelButtonText: t('common.cancel'),
      confirmButtonClass: options.isDangerous ? 'el-button--danger' : '',
      autofocus: !options.isDangerous,
    });
    return true;
  } catch {
    // Closed or canceled: both mean no.
    return false;
  }
}
