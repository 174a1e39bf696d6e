/** Lists the kinds of sources and their limits, without zod: the console's forms use them. */

/** IM servers that can send events in their own form. Also the first parts of event names that are reserved for them. */
export const SOURCE_KINDS = ['openim', 'wukongim', 'dootask', 'tencent-im'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Versions whose settings differ; the first one is the default. */
export const SOURCE_VERSIONS = {
  openim: ['main', '3.8', '3.7'],
  wukongim: ['v3', 'v2'],
  dootask: ['current'],
  'tencent-im': ['current'],
} as const satisfies Record<SourceKind, readonly [string, ...string[]]>;
export type SourceVersion = (typeof SOURCE_VERSIONS)[SourceKind][number];

/** Sources of one app. */
export const MAX_SOURCES = 50;
/** CIDRs of senders of one source. */
export const MAX_SOURCE_CIDRS = 50;
/** Requests that are kept of each source, the newest ones. */
export const MAX_SOURCE_REQUESTS = 50;
/** Bytes of the body of a kept request. */
export const MAX_KEPT_BODY_BYTES = 65_536;
/** Bytes of the body of a request of an IM server. */
export const SOURCE_BODY_LIMIT_BYTES = 8_388_608;
/** Characters of a configuration file that is checked. */
export const MAX_CONFIG_CHARACTERS = 100_000;

/**
 * What became of a request: `accepted` was stored or answered by a before-callback, `not_understood` could not be read or
 * has no mapping, `rejected` was not looked at (disabled source, sender address, wrong signature), `failed` could not be
 * stored. The sender gets an answer it can go on with in every case.
 */
export const SOURCE_OUTCOMES = ['accepted', 'not_understood', 'rejected', 'failed'] as const;
export type SourceOutcome = (typeof SOURCE_OUTCOMES)[number];
