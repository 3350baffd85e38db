import { FileUp } from 'lucide-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { Failure } from '@/lib/failure';
import { newId } from '@/lib/uuid';
import { useAction } from '@/lib/useAction';
import { uploadImport } from './importRepository';

const MOST_BYTES = 20 * 1024 * 1024;

interface FileChoiceProps {
  /** Of an upload that broke off and goes on. */
  importId?: string;
  onUploaded: (id: string) => void;
}

/** Choosing or dropping a file; it is sent at once. A file that is sent again keeps its id: nothing arrives twice. */
export function FileChoice({ importId, onUploaded }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  const { busy, failure, send } = useUpload(importId, onUploaded);
  const hint = useId();
  // A shortcut; the button does the same.
  const dropping = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setDragging(true);
    },
    onDragLeave: () => setDragging(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDragging(false);
      send(event.dataTransfer.files[0]);
    },
  };
  return (
    <div className="grid gap-3">
      <div
        {...dropping}
        className={cn(
          'grid justify-items-center gap-3 rounded-lg border-2 border-dashed bg-card px-4 py-8 text-center transition-colors',
          dragging && 'border-primary bg-accent',
        )}
      >
        <FileUp aria-hidden className="size-8 text-muted-foreground" />
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          aria-label="CSV file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Button busy={busy} aria-describedby={hint} onClick={() => input.current?.click()}>
          {busy ? 'Reading the file…' : 'Choose a file'}
        </Button>
        <p id={hint} className="max-w-md text-sm text-muted-foreground">
          A table of contacts saved as CSV, from a spreadsheet, an address book or another program; at most 20
          MB and 50,000 rows. You can also drop it here. Nothing is imported yet.
        </p>
      </div>
      <FailureNotice failure={failure} />
    </div>
  );
}

function useUpload(importId: string | undefined, onUploaded: (id: string) => void) {
  const { busy, failure, run } = useAction();
  const sent = useRef<{ file: File; id: string } | null>(null);
  const send = (file: File | undefined) => {
    if (!file) return;
    const again = sent.current !== null && isSameFile(sent.current.file, file) ? sent.current.id : undefined;
    const id = importId ?? again ?? newId();
    sent.current = { file, id };
    void run(async () => {
      if (file.size > MOST_BYTES) {
        throw new Failure('refused', 'This file is larger than 20 MB. Split it into several.', 'too_large');
      }
      onUploaded(await uploadImport(id, file));
    });
  };
  return { busy, failure, send };
}

function isSameFile(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
