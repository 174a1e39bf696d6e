/** Converts a channel to the dialog's fields, and the fields to requests. */
import type { AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type {
  ChannelKind,
  ChannelLanguage,
  CreateChannelRequest,
  NotificationChannel,
  SmtpSecurity,
  UpdateChannelRequest,
} from '@im/contracts/api/notification-channels';

export interface ChannelForm {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  language: ChannelLanguage;
  minSeverity: AlertSeverity;
  appKeys: string[];
  rules: AlertRule[];
  /** Empty while editing: the saved one stays. */
  url: string;
  /** The signing secret or the SMTP password; empty while editing: the saved one stays. */
  secret: string;
  isSecretRemoved: boolean;
  host: string;
  /** null: emptied. */
  port: number | null;
  security: SmtpSecurity;
  username: string;
  from: string;
  /** Addresses, separated by commas, spaces or line breaks. */
  to: string;
}

/** The ports that servers offer for it. */
export const USUAL_PORT: Readonly<Record<SmtpSecurity, number>> = { starttls: 587, tls: 465, none: 25 };

/** Kinds that can or must have a signing secret. */
const SIGNING: readonly ChannelKind[] = ['webhook', 'dingtalk', 'feishu'];

export type SecretUse = 'none' | 'optional' | 'required' | 'password';

export function secretUseOf(kind: ChannelKind): SecretUse {
  if (kind === 'email') return 'password';
  if (!SIGNING.includes(kind)) return 'none';
  return kind === 'webhook' ? 'required' : 'optional';
}

/** @param channel the one to edit; null adds one */
export function toChannelForm(channel: NotificationChannel | null, language: ChannelLanguage): ChannelForm {
  const { email } = channel ?? {};
  return {
    kind: channel?.kind ?? 'email',
    name: channel?.name ?? '',
    enabled: channel?.enabled ?? true,
    language: channel?.language ?? language,
    minSeverity: channel?.minSeverity ?? 'warning',
    appKeys: [...(channel?.appKeys ?? [])],
    rules: [...(channel?.rules ?? [])],
    url: '',
    secret: '',
    isSecretRemoved: false,
    host: email?.host ?? '',
    port: email?.port ?? USUAL_PORT.starttls,
    security: email?.security ?? 'starttls',
    username: email?.username ?? '',
    from: email?.from ?? '',
    to: email?.to.join('\n') ?? '',
  };
}

export function toCreateRequest(form: ChannelForm): CreateChannelRequest {
  const { kind } = form;
  const common = commonOf(form);
  const url = form.url.trim();
  const { secret } = form;
  switch (kind) {
    case 'email':
      return { kind, ...common, email: { ...emailOf(form), ...(secret && { password: secret }) } };
    case 'webhook':
      return { kind, ...common, url, secret };
    case 'dingtalk':
    case 'feishu':
      return { kind, ...common, url, ...(secret && { secret }) };
    case 'wecom':
    case 'slack':
      return { kind, ...common, url };
  }
}

export function toUpdateRequest(form: ChannelForm): UpdateChannelRequest {
  const common = commonOf(form);
  const secret = form.isSecretRemoved ? null : form.secret;
  if (form.kind === 'email') {
    return { ...common, email: { ...emailOf(form), ...(secret !== '' && { password: secret }) } };
  }
  const url = form.url.trim();
  const hasSecret = secretUseOf(form.kind) !== 'none' && secret !== '';
  return { ...common, ...(url !== '' && { url }), ...(hasSecret && { secret }) };
}

export type ChannelFault =
  | 'nameRequired'
  | 'urlRequired'
  | 'secretRequired'
  | 'passwordAgain'
  | 'hostRequired'
  | 'portRequired'
  | 'fromRequired'
  | 'toRequired';

/** Whether a saved password is dropped: it is not reused for another server or login. */
export function isPasswordLost(form: ChannelForm, channel: NotificationChannel | null): boolean {
  if (!channel?.email || !channel.hasSecret || form.isSecretRemoved) return false;
  const { host, port, security, username } = emailOf(form);
  const saved = channel.email;
  return (
    host !== saved.host || port !== saved.port || security !== saved.security || username !== saved.username
  );
}

/**
 * What is missing before the server is asked, by JSON Pointer.
 *
 * @param channel the one to edit; null adds one
 */
export function faultsOf(
  form: ChannelForm,
  channel: NotificationChannel | null,
): Record<string, ChannelFault> {
  const isNew = channel === null;
  const faults: Record<string, ChannelFault> = {};
  if (form.name.trim() === '') faults['/name'] = 'nameRequired';
  if (form.kind === 'email') {
    if (form.host.trim() === '') faults['/email/host'] = 'hostRequired';
    if (form.port === null) faults['/email/port'] = 'portRequired';
    if (form.from.trim() === '') faults['/email/from'] = 'fromRequired';
    if (addressesIn(form.to).length === 0) faults['/email/to'] = 'toRequired';
    if (form.secret === '' && isPasswordLost(form, channel)) faults['/email/password'] = 'passwordAgain';
    return faults;
  }
  if (isNew && form.url.trim() === '') faults['/url'] = 'urlRequired';
  if (isNew && secretUseOf(form.kind) === 'required' && form.secret === '')
    faults['/secret'] = 'secretRequired';
  return faults;
}

export function addressesIn(text: string): string[] {
  return text.split(/[\s,;，；]+/).filter(Boolean);
}

function commonOf({ name, enabled, language, minSeverity, appKeys, rules }: ChannelForm) {
  return { name: name.trim(), enabled, language, minSeverity, appKeys, rules };
}

function emailOf({ host, port, security, username, from, to }: ChannelForm) {
  return {
    host: host.trim(),
    port: port ?? USUAL_PORT[security],
    security,
    username: username.trim(),
    from: from.trim(),
    to: addressesIn(to),
  };
}
