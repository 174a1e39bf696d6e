import type { access as zhAccess } from '../zh/access.js';

export const access: typeof zhAccess = {
  title: 'Log in',
  lead: 'Every IM event, reliably at your service.',
  email: 'Email',
  password: 'Password',
  submit: 'Log in',
  emailRequired: 'Enter your email',
  passwordRequired: 'Enter your password',
  tryAgainAt: 'Try again in {seconds} s',
  sessionEnded: 'Your session has ended. Log in again.',
  firstLoginHint: 'The admin account is printed to the log on first start.',
};
