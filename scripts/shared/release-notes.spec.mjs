import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from './paths.mjs';
import { pythonVersionOf, releaseChangelog, VERSION } from './release-notes.mjs';

const read = (file) => readFileSync(inRoot(file), 'utf8');

describe('a release', () => {
  it('gives what is unreleased its version and its day', () => {
    const text = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.0.0 - 2026-01-01\n\n- Old.\n';
    expect(releaseChangelog(text, '1.1.0', '2026-02-01')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2026-02-01\n\n- New.\n\n## 1.0.0 - 2026-01-01\n\n- Old.\n',
    );
  });

  it.each(['# Changelog\n', '## Unreleased\n', '## Unreleased\n\n## 1.0.0 - 2026-01-01\n\n- Old.\n'])(
    'without changes is refused: %j',
    (text) => {
      expect(() => releaseChangelog(text, '1.1.0', '2026-02-01')).toThrow(/nreleased/);
    },
  );
});

describe('the version', () => {
  const version = JSON.parse(read('package.json')).version;

  it('has its form and its part of the changelog', () => {
    expect(version).toMatch(VERSION);
    expect(read('CHANGELOG.md')).toContain(`\n## ${version} - `);
  });

  it('is the same in all packages, in what the service says, and in the chart', () => {
    expect(read('packages/contracts/src/service-version.ts')).toContain(`SERVICE_VERSION = '${version}'`);
    expect(read('kits/java/pom.xml')).toContain(
      `<artifactId>im-callback-kit</artifactId>\n  <version>${version}</version>`,
    );
    expect(read('kits/python/pyproject.toml')).toContain(`\nversion = "${pythonVersionOf(version)}"`);
    const chart = read('deploy/helm/im-callback-console/Chart.yaml');
    expect(chart.match(/^(?:appV|v)ersion: .*$/gm)).toEqual([
      `version: ${version}`,
      `appVersion: ${version}`,
    ]);
    const manifests = execFileSync('git', ['ls-files', '*/package.json'], { cwd: inRoot() }).toString();
    for (const manifest of manifests.trim().split('\n'))
      expect([manifest, JSON.parse(read(manifest)).version]).toEqual([manifest, version]);
  });
});
