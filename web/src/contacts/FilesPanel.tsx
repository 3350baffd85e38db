import { Paperclip } from 'lucide-react';
import { useCallback, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { cn } from '@/lib/cn';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { FileLine } from './FileLine';
import type { Attachment } from './fileModel';
import { fetchAttachments } from './fileRepository';
import { Panel } from './Panel';
import { UploadLine } from './UploadLine';
import { usePreviews } from './usePreviews';
import { useUploads } from './useUploads';

const MOST = 100;

/** The contact's files: dropped here, pasted, or chosen. */
export function FilesPanel({ contactId }: { contactId: string }) {
  const mayAdd = may(useCompany().role, 'contacts.write');
  const { files, load } = useFiles(contactId);
  const previews = usePreviews(files);
  const { uploads, problems, add, retry, dismiss } = useUploads(contactId, load);
  const inputRef = useRef<HTMLInputElement>(null);
  const { isOver, handlers } = useDrop(mayAdd ? add : null);
  if (!mayAdd && files.length === 0) return null;
  return (
    <div {...handlers}>
      <Panel
        title="Files"
        count={files.length}
        className={cn(isOver && 'border-primary bg-accent')}
        action={
          mayAdd && (
            <Button
              variant="quiet"
              size="icon"
              aria-label="Add files"
              title="Choose files, drop them here, or paste a picture"
              onClick={() => inputRef.current?.click()}
            >
              <Paperclip aria-hidden />
            </Button>
          )
        }
      >
        <input
          ref={inputRef}
          type="file"
          multiple
          className="sr-only"
          tabIndex={-1}
          aria-label="Files to add"
          onChange={(event) => {
            add(Array.from(event.target.files ?? []));
            event.target.value = '';
          }}
        />
        {problems.map((problem) => (
          <Notice key={problem} tone="error" className="mx-4 mb-2">
            {problem}
          </Notice>
        ))}
        <ul role="list" className="divide-y border-t empty:hidden">
          {uploads.map((upload) => (
            <UploadLine key={upload.id} upload={upload} onRetry={retry} onDismiss={dismiss} />
          ))}
          {files.map((file) => (
            <FileLine key={file.id} file={file} preview={previews.get(file.path) ?? null} reload={load} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function useFiles(contactId: string) {
  const [files, setFiles] = useState<Attachment[]>([]);
  const load = useCallback(async () => {
    try {
      setFiles(await fetchAttachments(contactId, MOST));
    } catch (error) {
      // The page is useful without them, and the next look tries again.
      console.warn("could not load the contact's files", error);
    }
  }, [contactId]);
  useLiveQuery(load, 'attachments');
  return { files, load };
}

/** Files that are dropped on an element or pasted into it; `add` is null where none may be added. */
function useDrop(add: ((files: File[]) => void) | null) {
  const [isOver, setIsOver] = useState(false);
  if (!add) return { isOver: false, handlers: {} };
  const take = (data: DataTransfer, event: { preventDefault: () => void }) => {
    const files = Array.from(data.files);
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  };
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        setIsOver(false);
        take(event.dataTransfer, event);
      },
      onPaste: (event: ClipboardEvent) => take(event.clipboardData, event),
    },
  };
}
