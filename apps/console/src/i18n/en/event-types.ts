import type { eventTypes as zhEventTypes } from '../zh/event-types.js';

export const eventTypes: typeof zhEventTypes = {
  title: 'Event types',
  lead: 'The events that can be handed in: built-in ones, and those that your tenant defines. Your own are managed through the API.',
  pack: 'Event type pack {name}',
  packText:
    '{present} of {total} are there. They accept any object, so fields may be missing; event types that exist already stay as they are.',
  overrides: '{name} takes the place of the built-in event in all apps of the tenant.',
  install: 'Install',
  installed: 'Installed',
  installedNow: 'Event types added: {count}',
  name: 'Event',
  description: 'Description',
  origin: 'Origin',
  origins: { built_in: 'Built-in', own: 'Own' },
  overridesBuiltIn: 'Replaces the built-in one',
};
