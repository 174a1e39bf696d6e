/**
 * Checks whether an untrusted JSON Schema (draft 2020-12) may be compiled: known keywords only, references only into
 * its own `$defs`, no recursion, and small enough that checking a value takes time in proportion to the value.
 */
import type { FieldError, FieldErrorCode } from '../problem.js';
import {
  LISTS_OF_SCHEMAS,
  MAPS_OF_SCHEMAS,
  PLAIN_KEYWORDS,
  SCHEMA_FORMAT_NAMES,
  SCHEMA_KEYWORDS,
} from './schema-keywords.js';
import { pointerBelow, readReference } from './schema-pointers.js';

/** Subschemas, one inside another. */
const MAX_DEPTH = 32;
/** Levels of any JSON in it, values of `const` and `enum` included. */
const MAX_JSON_DEPTH = 64;
/** Subschemas that may be applied to a value, counted once for each reference. */
const MAX_SUBSCHEMAS = 1_000;
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const FORMATS: ReadonlySet<string> = new Set(SCHEMA_FORMAT_NAMES);
const AT_ROOT = new Set(['$schema', '$id']);

type Json = Record<string, unknown>;

export interface SchemaCheck {
  /** Why a pattern cannot be matched; undefined when it can. */
  patternFault: (pattern: string) => string | undefined;
  /** The check ends after this many faults. */
  maxFaults: number;
}

/** @returns what is wrong, with pointers from the schema's root; empty when it may be compiled */
export function checkSchema(schema: Json, check: SchemaCheck): FieldError[] {
  if (isDeeperThan(schema, MAX_JSON_DEPTH)) {
    return [faultAt('', 'too_large', `may nest ${String(MAX_JSON_DEPTH)} levels`)];
  }
  const walk = new SchemaWalk(schema, check);
  walk.visit(schema, '', 0);
  if (walk.faults.length > 0) return walk.faults.slice(0, check.maxFaults);
  return checkReferences(walk);
}

/** The definition that a reference names, such as `$defs/item`; undefined when it names none. */
function definitionOf(reference: string): string | undefined {
  const named = readReference(reference);
  return named && `/${named.container}/${named.name}`;
}

class SchemaWalk {
  readonly faults: FieldError[] = [];
  /** The number of own subschemas of each definition (and of the root, as ''). */
  readonly sizes = new Map<string, number>([['', 0]]);
  /** References by the definition that contains them. */
  readonly references: { from: string; to: string; pointer: string }[] = [];

  constructor(
    private readonly root: Json,
    private readonly check: SchemaCheck,
  ) {}

  /** @param owner the definition that contains it */
  visit(schema: unknown, pointer: string, depth: number, owner = ''): void {
    if (this.faults.length >= this.check.maxFaults) return;
    this.sizes.set(owner, (this.sizes.get(owner) ?? 0) + 1);
    if (typeof schema === 'boolean') return;
    if (!isObject(schema)) {
      this.faults.push(faultAt(pointer, 'invalid_type', 'must be a schema: an object, true or false'));
      return;
    }
    if (depth > MAX_DEPTH) {
      this.faults.push(faultAt(pointer, 'too_large', `may nest ${String(MAX_DEPTH)} schemas`));
      return;
    }
    for (const [keyword, value] of Object.entries(schema)) {
      this.visitKeyword(keyword, value, pointer, depth, owner);
    }
  }

  private visitKeyword(keyword: string, value: unknown, pointer: string, depth: number, owner: string): void {
    const at = pointerBelow(pointer, keyword);
    if (SCHEMA_KEYWORDS.has(keyword)) this.visit(value, at, depth + 1, owner);
    else if (LISTS_OF_SCHEMAS.has(keyword)) this.visitList(value, at, depth, owner);
    else if (MAPS_OF_SCHEMAS.has(keyword)) this.visitMap(keyword, value, at, depth, owner);
    else if (AT_ROOT.has(keyword)) this.checkIdentity(keyword, value, at);
    else if (PLAIN_KEYWORDS.has(keyword)) this.checkPlain(keyword, value, at, owner);
    else if (!keyword.startsWith('x-')) {
      const message = 'is not a keyword that is supported here; annotations of your own begin with "x-"';
      this.faults.push(faultAt(at, 'unknown_field', message));
    }
  }

  private visitList(value: unknown, at: string, depth: number, owner: string): void {
    if (!Array.isArray(value) || value.length === 0) {
      this.faults.push(faultAt(at, 'invalid_type', 'must be a list of at least one schema'));
      return;
    }
    value.forEach((each, index) => this.visit(each, `${at}/${String(index)}`, depth + 1, owner));
  }

  private visitMap(keyword: string, value: unknown, at: string, depth: number, owner: string): void {
    if (!isObject(value)) {
      this.faults.push(faultAt(at, 'invalid_type', 'must be an object of schemas'));
      return;
    }
    const isDefinitions = keyword === '$defs' || keyword === 'definitions';
    for (const [name, each] of Object.entries(value)) {
      const pointer = pointerBelow(at, name);
      if (keyword === 'patternProperties') this.checkPattern(name, pointer);
      const isReferable = isDefinitions && depth === 0;
      this.visit(each, pointer, depth + 1, isReferable ? `/${keyword}/${name}` : owner);
    }
  }

  private checkIdentity(keyword: string, value: unknown, at: string): void {
    if (at !== `/${keyword}`) {
      this.faults.push(faultAt(at, 'invalid_value', 'may stand at the root only'));
    } else if (keyword === '$schema' && String(value).replace(/#$/, '') !== DRAFT) {
      this.faults.push(faultAt(at, 'invalid_value', `must be ${DRAFT}`));
    }
  }

  private checkPlain(keyword: string, value: unknown, at: string, owner: string): void {
    if (keyword === 'pattern' && typeof value === 'string') this.checkPattern(value, at);
    if (keyword === 'format' && typeof value === 'string' && !FORMATS.has(value)) {
      const known = SCHEMA_FORMAT_NAMES.join(', ');
      this.faults.push(faultAt(at, 'invalid_value', `must be one of ${known}`));
    }
    if (keyword === '$ref') this.checkReference(value, at, owner);
  }

  private checkReference(value: unknown, pointer: string, from: string): void {
    const to = typeof value === 'string' ? definitionOf(value) : undefined;
    if (to === undefined) {
      const message = 'must lead to a definition of this schema, such as "#/$defs/item"';
      this.faults.push(faultAt(pointer, 'invalid_value', message));
      return;
    }
    const [, container = '', ...name] = to.split('/');
    const definitions = this.root[container];
    if (!isObject(definitions) || !Object.hasOwn(definitions, name.join('/'))) {
      this.faults.push(faultAt(pointer, 'invalid_value', 'leads to a definition that is not there'));
      return;
    }
    this.references.push({ from, to, pointer });
  }

  private checkPattern(pattern: string, at: string): void {
    const fault = this.check.patternFault(pattern);
    if (fault !== undefined) this.faults.push(faultAt(at, 'invalid_format', fault));
  }
}

/** References may share definitions, but must not be circular or multiply the subschemas of a value. */
function checkReferences({ references, sizes }: SchemaWalk): FieldError[] {
  const known = new Map<string, number>();
  const underway = new Set<string>();
  const faults: FieldError[] = [];

  function sizeOf(definition: string): number {
    const size = known.get(definition);
    if (size !== undefined) return size;
    underway.add(definition);
    let total = sizes.get(definition) ?? 0;
    for (const { from, to, pointer } of references) {
      if (from !== definition) continue;
      if (underway.has(to) || faults.length > 0) {
        if (faults.length === 0) {
          faults.push(faultAt(pointer, 'invalid_value', 'leads back to itself: recursion is not supported'));
        }
        continue;
      }
      total = Math.min(total + sizeOf(to), Number.MAX_SAFE_INTEGER);
    }
    underway.delete(definition);
    known.set(definition, total);
    return total;
  }

  const largest = Math.max(...[...sizes.keys()].map(sizeOf));
  if (faults.length === 0 && largest > MAX_SUBSCHEMAS) {
    const message = `may have ${String(MAX_SUBSCHEMAS)} subschemas, counted as often as references lead to them`;
    faults.push(faultAt('', 'too_large', message));
  }
  return faults;
}

/** Without recursion: what is checked here may be nested very deep. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let layer: unknown[] = [value];
  for (let level = 0; level <= levels; level += 1) {
    layer = layer.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
    if (layer.length === 0) return false;
  }
  return true;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultAt(pointer: string, code: FieldErrorCode, message: string): FieldError {
  return { pointer, code, message };
}
