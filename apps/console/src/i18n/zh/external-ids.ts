/** The ids that other systems have for apps, webhooks, sources and event types. */
export const externalIds = {
  label: '外部 ID',
  hint: '你自己系统中的编号，API 路径里可以用 ext:编号 指代。',
  invalid: '只能包含字母、数字和 . _ : -',
  none: '没有外部 ID',
};
