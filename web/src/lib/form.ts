import type { SyntheticEvent } from 'react';

/** The values of a submitted form by the names of its controls, without surrounding blanks (passwords as they are). */
export function valuesOf<Name extends string>(
  event: SyntheticEvent<HTMLFormElement>,
  ...names: Name[]
): Record<Name, string> {
  event.preventDefault();
  const data = new FormData(event.currentTarget);
  const read = (name: Name): [Name, string] => {
    const value = data.get(name);
    const text = typeof value === 'string' ? value : '';
    return [name, name.endsWith('password') ? text : text.trim()];
  };
  return Object.fromEntries(names.map(read)) as Record<Name, string>;
}
