/** Lists the ways in which a caller can identify itself, as OpenAPI names them. */
import { SECURE_PATH_SESSION_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE } from '@im/contracts/api/auth';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';

export const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: `Set by logging in; named \`${SECURE_SESSION_COOKIE}\` where the service is reached by https, and \`${SECURE_PATH_SESSION_COOKIE}\` below a path of an https host. Every write carries \`X-Requested-With: im-console\` besides.`,
  },
  apiToken: { type: 'http', scheme: 'bearer', description: 'An API token, `imk_…`.' },
  portalLink: {
    type: 'http',
    scheme: 'bearer',
    description: 'The access token of a portal link, `ims_…`: only what the link shows exists for it.',
  },
  appSignature: {
    type: 'apiKey',
    in: 'header',
    name: SIGNATURE_HEADERS.signature,
    description: `With ${Object.values(SIGNATURE_HEADERS).join(', ')}: computed over the request body with the AppSecret.`,
  },
} as const;
