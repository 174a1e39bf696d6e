import 'element-plus/es/components/table-column/style/css';
import { ElTableColumn } from 'element-plus/es/components/table/index.mjs';
import type { VNodeProps } from 'vue';

type TypedColumn<T> = new () => {
  $props: VNodeProps & {
    label?: string;
    width?: string | number;
    minWidth?: string | number;
    type?: 'default' | 'selection' | 'index' | 'expand';
    align?: 'left' | 'center' | 'right';
    fixed?: boolean | 'left' | 'right';
    showOverflowTooltip?: boolean;
    className?: string;
  };
  $slots: {
    default?: (scope: { row: T; $index: number }) => unknown;
    header?: (scope: { $index: number }) => unknown;
  };
};

/**
 * Element Plus' table column, but one that knows its rows: `const WebhookColumn = columnOf<Webhook>()`. By default, a
 * column's rows are untyped.
 */
export function columnOf<T>(): TypedColumn<T> {
  return ElTableColumn as unknown as TypedColumn<T>;
}
