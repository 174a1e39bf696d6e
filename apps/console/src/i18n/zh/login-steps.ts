/** The texts of the login page for a second factor and single sign-on. */
export const loginSteps = {
  codeTitle: '两步验证码',
  codeHint: '输入身份验证器里的 6 位数字，或一个恢复码。',
  codeRequired: '请输入验证码',
  otherAccount: '换个账号',
  ssoButton: '用 {label} 登录',
  or: '或',
  sso: {
    denied: '你在登录方拒绝了授权。',
    expired: '这次登录已过期，请再试一次。',
    failed: '单点登录没有成功，请再试一次；仍不行请联系管理员。',
    unavailable: '登录方暂时连不上，请稍后再试。',
    no_email: '登录方没有提供已验证的邮箱，请联系管理员。',
    unknown_member: '这里没有使用这个邮箱的成员，请让管理员添加你。',
    disabled: '你的账号已被停用，请联系管理员。',
    suspended: '租户已被停用，请联系系统运营者。',
  },
};
