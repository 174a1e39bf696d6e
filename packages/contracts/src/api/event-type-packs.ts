/** Defines packs of event types, which a tenant installs at once. */
import { z } from 'zod';

export const eventTypePackSchema = z
  .object({
    name: z.string(),
    description: z.object({ zh: z.string(), en: z.string() }),
    /** Names of its event types. */
    events: z.array(z.string()),
    /** Those of them that the tenant has. */
    present: z.array(z.string()),
  })
  .meta({ id: 'EventTypePack' });
export type EventTypePack = z.infer<typeof eventTypePackSchema>;

export const installedPackSchema = z
  .object({
    name: z.string(),
    /** Event types that were added. */
    added: z.array(z.string()),
    /** Event types that the tenant had already; they stay as they are. */
    kept: z.array(z.string()),
  })
  .meta({ id: 'InstalledPack' });
export type InstalledPack = z.infer<typeof installedPackSchema>;
