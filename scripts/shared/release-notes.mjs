/** Gives the unreleased part of the changelog its version. */
export const VERSION = /^\d+\.\d+\.\d+(-rc\.\d+)?$/;

const UNRELEASED = '## Unreleased\n';

/** @throws Error when nothing is unreleased */
export function releaseChangelog(text, version, day) {
  const start = text.indexOf(UNRELEASED);
  if (start < 0) throw new Error('The changelog has no part "Unreleased"');
  const rest = text.slice(start + UNRELEASED.length);
  const next = rest.search(/^## /m);
  if ((next < 0 ? rest : rest.slice(0, next)).trim() === '') throw new Error('Nothing is unreleased');
  return `${text.slice(0, start)}${UNRELEASED}\n## ${version} - ${day}\n${rest}`;
}

/** Python writes release candidates in its own way (PEP 440). */
export const pythonVersionOf = (version) => version.replace('-rc.', 'rc');
