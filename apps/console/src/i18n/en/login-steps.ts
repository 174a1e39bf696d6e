import type { loginSteps as zhLoginSteps } from '../zh/login-steps.js';

export const loginSteps: typeof zhLoginSteps = {
  codeTitle: 'Verification code',
  codeHint: 'Enter the six digits from your authenticator app, or a recovery code.',
  codeRequired: 'Enter the code',
  otherAccount: 'Use another account',
  ssoButton: 'Log in with {label}',
  or: 'or',
  sso: {
    denied: 'You did not give consent at the identity provider.',
    expired: 'This login took too long. Try again.',
    failed: 'Single sign-on did not work. Try again, or ask an admin.',
    unavailable: 'The identity provider cannot be reached. Try again in a moment.',
    no_email: 'The identity provider gave no verified email. Ask an admin.',
    unknown_member: 'No member has this email. Ask an admin to add you.',
    disabled: 'Your account is disabled. Ask an admin.',
    suspended: 'The tenant is suspended. Ask the operator of this service.',
  },
};
