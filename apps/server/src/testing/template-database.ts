/** Names the migrated database that the databases of spec files are copied from. */
export const TEMPLATE_DATABASE = 'callback_template';
