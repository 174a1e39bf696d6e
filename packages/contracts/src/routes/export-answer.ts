/** Describes the answer of exports. */
import type { LocalizedText } from '../events/define.js';

export const EXPORT_MEDIA_TYPES = ['text/csv', 'application/x-ndjson'] as const;

export const EXPORT_DESCRIPTION: LocalizedText = {
  en: 'A stream of everything the filters leave, in the order of the list: `csv` (RFC 4180, UTF-8 with a byte order mark, cells that a spreadsheet would take for a formula begin with an apostrophe) or `ndjson`. A download that breaks off is incomplete: a whole one ends the response properly. A tenant downloads up to three at once, and one that is not read from for a minute is aborted. Each export is recorded in the audit log.',
  zh: '以流的形式返回符合筛选条件的全部记录，顺序与列表相同：`csv`（RFC 4180，UTF-8 带 BOM，可能被表格软件当作公式的单元格以单引号开头）或 `ndjson`。连接中断说明内容不完整；完整的下载会正常结束响应。每个租户最多同时进行三个下载，一分钟无人读取的下载会被中断。每次导出都记入审计日志。',
};
