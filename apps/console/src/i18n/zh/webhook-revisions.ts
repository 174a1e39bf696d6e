/** The history of one webhook's settings. */
export const revisions = {
  title: '修改历史',
  more: '更早的修改',
  system: '系统',
  replaced: '已更换（内容不显示）',
  nothing: '无',
  header: '请求头 {name}',
  paused: '人工暂停',
  disabledReason: '停用原因',
  nextSecret: '新密钥',
  kinds: { created: '创建', updated: '修改', deleted: '删除', found: '开始记录时的设置' },
  pausedIs: { true: '已暂停', false: '未暂停' },
  secrets: { set: '已设置', staged: '待启用', activated: '已启用' },
  changedMeanwhile: '已载入最新设置，你填写的内容仍然保留。确认后再次保存即可。',
  contested: '双方都改过的项（保存将以你的为准）：{fields}',
};
