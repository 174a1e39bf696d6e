/**
 * Checks a value against a schema that {@link checkSchema} finds nothing wrong with, without compiling it, so that it
 * runs where code may not be made of texts: in the console. It finds what the service finds.
 */
import { patternOf, plainMismatches, type Json, type Mismatch, type ValueTools } from './plain-keywords.js';
import { definitionAt, pointerBelow } from './schema-pointers.js';

/** The check took more steps than it may. */
export class TooManySteps extends Error {}

/** What of an object or a list a schema has spoken about, for `unevaluatedProperties` and `unevaluatedItems`. */
interface Seen {
  names: Set<string>;
  indexes: Set<number>;
}

/** @throws TooManySteps */
export function checkValue(schema: Json, value: unknown, tools: ValueTools): Mismatch[] {
  return new ValueCheck(schema, tools).visit(schema, value, '', newSeen());
}

class ValueCheck {
  private steps = 0;

  constructor(
    private readonly root: Json,
    private readonly tools: ValueTools,
  ) {}

  /** @param seen is filled with what the schema speaks about */
  visit(schema: unknown, value: unknown, at: string, seen: Seen): Mismatch[] {
    this.steps += 1;
    if (this.steps > this.tools.maxSteps) throw new TooManySteps();
    if (schema === false) return [{ pointer: at, code: 'invalid_value', keyword: 'false', expected: '' }];
    if (!isObject(schema)) return [];
    return [
      ...plainMismatches(schema, value, at, this.tools),
      ...this.visitReference(schema, value, at, seen),
      ...this.visitChoices(schema, value, at, seen),
      ...(Array.isArray(value) ? this.visitItems(schema, value, at, seen) : []),
      ...(isObject(value) ? this.visitProperties(schema, value, at, seen) : []),
    ];
  }

  private visitReference({ $ref }: Json, value: unknown, at: string, seen: Seen): Mismatch[] {
    if (typeof $ref !== 'string') return [];
    return this.visit(definitionAt(this.root, $ref), value, at, seen);
  }

  private visitChoices(schema: Json, value: unknown, at: string, seen: Seen): Mismatch[] {
    const found = listOf(schema.allOf).flatMap((each) => this.visit(each, value, at, seen));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (!Array.isArray(schema[keyword])) continue;
      const fitting = listOf(schema[keyword]).filter((each) => this.fits(each, value, at, seen)).length;
      if (fitting === 0 || (keyword === 'oneOf' && fitting > 1)) {
        found.push({ pointer: at, code: 'invalid_value', keyword, expected: String(fitting) });
      }
    }
    if (schema.not !== undefined && this.fits(schema.not, value, at, newSeen())) {
      found.push({ pointer: at, code: 'invalid_value', keyword: 'not', expected: '' });
    }
    if (schema.if !== undefined) {
      const next = this.fits(schema.if, value, at, seen) ? schema.then : schema.else;
      if (next !== undefined) found.push(...this.visit(next, value, at, seen));
    }
    return found;
  }

  /** What a schema that does not fit has spoken about does not count. */
  private fits(schema: unknown, value: unknown, at: string, seen: Seen): boolean {
    const own = newSeen();
    if (this.visit(schema, value, at, own).length > 0) return false;
    for (const name of own.names) seen.names.add(name);
    for (const index of own.indexes) seen.indexes.add(index);
    return true;
  }

  private visitItems(schema: Json, items: unknown[], at: string, seen: Seen): Mismatch[] {
    const found: Mismatch[] = [];
    const first = listOf(schema.prefixItems);
    const check = (each: unknown, index: number): void => {
      seen.indexes.add(index);
      found.push(...this.visit(each, items[index], pointerBelow(at, String(index)), newSeen()));
    };
    first.slice(0, items.length).forEach(check);
    if (schema.items !== undefined) {
      for (let index = first.length; index < items.length; index += 1) check(schema.items, index);
    }
    if (schema.contains !== undefined) found.push(...this.visitContains(schema, items, at, seen));
    if (schema.unevaluatedItems !== undefined) {
      items.forEach((_, index) => {
        if (!seen.indexes.has(index)) check(schema.unevaluatedItems, index);
      });
    }
    return found;
  }

  private visitContains(schema: Json, items: unknown[], at: string, seen: Seen): Mismatch[] {
    const fitting = items.filter((item, index) =>
      this.fits(schema.contains, item, pointerBelow(at, String(index)), newSeen()),
    ).length;
    // As in the service: it has looked at each.
    for (const index of items.keys()) seen.indexes.add(index);
    const { minContains: min = 1, maxContains: max = Infinity } = schema;
    if (fitting >= Number(min) && fitting <= Number(max)) return [];
    return [{ pointer: at, code: 'too_small', keyword: 'contains', expected: String(min) }];
  }

  private visitProperties(schema: Json, value: Json, at: string, seen: Seen): Mismatch[] {
    const found: Mismatch[] = [];
    const properties = isObject(schema.properties) ? schema.properties : {};
    const patterns = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {});
    for (const [name, each] of Object.entries(value)) {
      const below = pointerBelow(at, name);
      const applied = [
        ...(Object.hasOwn(properties, name) ? [properties[name]] : []),
        ...patterns.filter(([pattern]) => patternOf(pattern, this.tools)(name)).map(([, inside]) => inside),
      ];
      if (applied.length === 0 && schema.additionalProperties !== undefined) {
        applied.push(schema.additionalProperties);
      }
      for (const inside of applied) found.push(...this.visitProperty(inside, each, below, seen, name));
      if (schema.propertyNames !== undefined && !this.fits(schema.propertyNames, name, at, newSeen())) {
        found.push({ pointer: below, code: 'invalid_value', keyword: 'propertyNames', expected: '' });
      }
    }
    found.push(...this.visitDependent(schema, value, at, seen));
    if (schema.unevaluatedProperties !== undefined) {
      for (const name of Object.keys(value).filter((each) => !seen.names.has(each))) {
        const below = pointerBelow(at, name);
        found.push(...this.visitProperty(schema.unevaluatedProperties, value[name], below, seen, name));
      }
    }
    return found;
  }

  private visitProperty(schema: unknown, value: unknown, at: string, seen: Seen, name: string): Mismatch[] {
    seen.names.add(name);
    if (schema === false) return [{ pointer: at, code: 'unknown_field', keyword: 'unknown', expected: '' }];
    return this.visit(schema, value, at, newSeen());
  }

  private visitDependent(schema: Json, value: Json, at: string, seen: Seen): Mismatch[] {
    const dependent = Object.entries(isObject(schema.dependentSchemas) ? schema.dependentSchemas : {});
    return dependent.flatMap(([name, each]) =>
      Object.hasOwn(value, name) ? this.visit(each, value, at, seen) : [],
    );
  }
}

function newSeen(): Seen {
  return { names: new Set(), indexes: new Set() };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
