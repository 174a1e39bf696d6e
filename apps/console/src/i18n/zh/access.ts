/** The texts of the login. */
export const access = {
  title: '登录',
  lead: '可靠地把每一条 IM 事件送达你的服务。',
  email: '邮箱',
  password: '密码',
  submit: '登录',
  emailRequired: '请输入邮箱',
  passwordRequired: '请输入密码',
  tryAgainAt: '请在 {seconds} 秒后再试',
  sessionEnded: '登录已失效，请重新登录。',
  firstLoginHint: '首次启动时，管理员账号会显示在启动日志里。',
};
