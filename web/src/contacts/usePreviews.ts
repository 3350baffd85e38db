import { useEffect, useState } from 'react';
import { signPreviews } from '@/database/fileStorage';
import { isPicture, type Attachment } from './fileModel';

/** Addresses at which the pictures among these files can be seen, by path. They work for minutes; the page keeps what it drew. */
export function usePreviews(files: readonly Attachment[]): ReadonlyMap<string, string> {
  const [previews, setPreviews] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = files
    .filter((file) => isPicture(file) && !previews.has(file.path))
    .map(({ path }) => path)
    .join(' ');
  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    signPreviews(wanted.split(' ')).then(
      (signed) => current && setPreviews((known) => new Map([...known, ...signed])),
      (error: unknown) => console.warn('could not get previews', error),
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  return previews;
}
