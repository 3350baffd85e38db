import { useCallback, useState } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useLiveVocabulary, useVocabulary } from '@/contacts/vocabularyStore';
import { useLoaded } from '@/database/useLoaded';
import { useAction } from '@/lib/useAction';
import { ColumnTable } from './ColumnTable';
import { DELIMITER_WORDS, encodingWords, type ContactImport, type ImportOptions } from './importModel';
import { checkImport, fetchRows } from './importRepository';
import { OptionsForm } from './OptionsForm';
import { mappingProblem } from './targetModel';

const SAMPLE = 3;

interface MappingStepProps {
  item: ContactImport;
  reload: () => Promise<void>;
  /** Leaves what was checked as it is. */
  onCancel?: () => void;
}

/** Says what each column is and how to import; nothing is written by it. */
export function MappingStep({ item, reload, onCancel }: MappingStepProps) {
  useLiveVocabulary();
  const fields = useVocabulary((state) => state.fields);
  const [mapping, setMapping] = useState(item.mapping);
  const [options, setOptions] = useState<ImportOptions>(item.options);
  const ask = useCallback(() => fetchRows(item.id, 'all', SAMPLE), [item.id]);
  const sample = useLoaded(ask).value;
  const { busy, failure, run } = useAction();
  const problem = mappingProblem(mapping);
  const leftOut = mapping.filter((target) => target === null).length;
  const check = () =>
    void run(async () => {
      await checkImport(item.id, mapping, options);
      await reload();
      onCancel?.();
    });
  return (
    <>
      <p className="text-sm text-muted-foreground">
        {item.rows.toLocaleString()} rows, read as {encodingWords(item.encoding)} with cells parted by{' '}
        {DELIMITER_WORDS[item.delimiter] ?? `“${item.delimiter}”`}.
      </p>
      <ColumnTable
        headers={item.headers}
        sample={sample ?? []}
        mapping={mapping}
        fields={fields}
        onChange={(column, target) => setMapping(mapping.with(column, target))}
      />
      {leftOut > 0 && (
        <Notice tone="info">
          {leftOut === 1 ? '1 column is' : `${leftOut} columns are`} left out of the import.
        </Notice>
      )}
      <OptionsForm options={options} onChange={setOptions} />
      <FailureNotice failure={failure} />
      {problem !== null && <Notice tone="warning">{problem}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} disabled={problem !== null || busy} onClick={check}>
          Check the file
        </Button>
        {onCancel && (
          <Button variant="outline" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </>
  );
}
