/**
 * Turns values from outside (REST rows, Realtime payloads, answers of the service) into typed ones. View columns are
 * typed as nullable and payloads not at all, so the promise of a type is kept here, once, or a DecodeError is thrown.
 */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError('expected an object');
  }
  return value as Fields;
}

export function asList<T>(value: unknown, decode: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new DecodeError('expected a list');
  return value.map(decode);
}

function wrong(name: string, expected: string): never {
  throw new DecodeError(`expected ${expected} in ${name}`);
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : wrong(name, 'text');
}

export function textOrNull(fields: Fields, name: string): string | null {
  return fields[name] == null ? null : text(fields, name);
}

export function whole(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : wrong(name, 'a whole number');
}

export function wholeOrNull(fields: Fields, name: string): number | null {
  return fields[name] == null ? null : whole(fields, name);
}

/** A number that may have a fraction. */
export function decimal(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : wrong(name, 'a number');
}

export function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  return typeof value === 'boolean' ? value : wrong(name, 'true or false');
}

export function texts(fields: Fields, name: string): string[] {
  const value = fields[name];
  return asList(value, (item) => (typeof item === 'string' ? item : wrong(name, 'texts')));
}

export function oneOf<T extends string>(fields: Fields, name: string, values: readonly T[]): T {
  const value = fields[name];
  return values.find((candidate) => candidate === value) ?? wrong(name, values.join(', '));
}

export function oneOfOrNull<T extends string>(fields: Fields, name: string, values: readonly T[]): T | null {
  return fields[name] == null ? null : oneOf(fields, name, values);
}
