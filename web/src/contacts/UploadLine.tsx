import { X } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import type { Upload } from './useUploads';

interface UploadLineProps {
  upload: Upload;
  onRetry: (upload: Upload) => void;
  onDismiss: (upload: Upload) => void;
}

/** A file on its way, or why it stopped. */
export function UploadLine({ upload, onRetry, onDismiss }: UploadLineProps) {
  const { file, share, problem } = upload;
  return (
    <li className="grid gap-1 px-4 py-2 text-sm">
      <p className="truncate">{file.name}</p>
      {problem === null ? (
        <progress
          className="h-1.5 w-full accent-primary"
          value={share}
          max={1}
          aria-label={`Sending ${file.name}`}
        />
      ) : (
        <div role="alert" className="flex flex-wrap items-center gap-x-3 text-destructive">
          <span className="min-w-0 flex-1">{problem}</span>
          <Button size="small" variant="outline" onClick={() => onRetry(upload)}>
            Try again
          </Button>
          <Button
            size="icon"
            variant="quiet"
            className="size-8"
            aria-label={`Give up on ${file.name}`}
            onClick={() => onDismiss(upload)}
          >
            <X aria-hidden />
          </Button>
        </div>
      )}
    </li>
  );
}
