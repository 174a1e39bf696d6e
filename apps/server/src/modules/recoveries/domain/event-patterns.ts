/** Converts event names and families such as `message.*` to SQL LIKE patterns, with `_` and `%` escaped. */
export function likePatternsOf(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => {
    const isFamily = pattern.endsWith('.*');
    const literal = (isFamily ? pattern.slice(0, -1) : pattern).replaceAll(/[\\%_]/g, String.raw`\$&`);
    return isFamily ? `${literal}%` : literal;
  });
}
