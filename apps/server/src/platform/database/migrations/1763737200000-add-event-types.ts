/** Events that tenants define themselves, with every version of their schemas. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Deleted ones stay, so that a name that comes back goes on counting versions. Schemas and examples are text: they are
// answered with the order of their fields, and may hold what jsonb cannot.
const TABLES = `
  CREATE TABLE event_types (
    tenant_id uuid NOT NULL REFERENCES tenants,
    name text COLLATE "C" NOT NULL,
    description_zh text NOT NULL,
    description_en text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, name)
  );

  CREATE TABLE event_type_versions (
    tenant_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    schema text NOT NULL,
    example text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    PRIMARY KEY (tenant_id, name, version),
    FOREIGN KEY (tenant_id, name) REFERENCES event_types
  );

  CREATE CONSTRAINT TRIGGER event_types_change AFTER INSERT OR UPDATE OR DELETE ON event_types
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
`;

export class AddEventTypes1763737200000 implements MigrationInterface {
  name = 'AddEventTypes1763737200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_type_versions, event_types');
  }
}
