/**
 * Fails the build when a chunk contains zod: importing a value of a contract with schemas would bring all of it along.
 */
import type { Plugin } from 'vite';

const ZOD = /[/\\]node_modules[/\\]zod[/\\]/;

export function refuseZod(): Plugin {
  return {
    name: 'refuse-zod',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const zod = chunk.moduleIds.find((id) => ZOD.test(id));
        if (zod === undefined) continue;
        const importers = importersOf(zod, (id) => this.getModuleInfo(id)?.importers ?? []);
        this.error(
          `zod is in ${chunk.fileName}, through ${importers.join(', ')}: import types and constants only`,
        );
      }
    },
  };
}

/** The modules through which it is reached from outside of zod. */
function importersOf(id: string, importers: (id: string) => readonly string[]): string[] {
  const seen = new Set([id]);
  for (const each of seen) {
    if (ZOD.test(each)) for (const importer of importers(each)) seen.add(importer);
  }
  return [...seen].filter((each) => !ZOD.test(each));
}
