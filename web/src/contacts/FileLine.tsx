import { Download, FileText, Trash2 } from 'lucide-react';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { signDownload } from '@/database/fileStorage';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { deleteWithUndo } from './deleteWithUndo';
import { sizeWords, type Attachment } from './fileModel';

interface FileLineProps {
  file: Attachment;
  /** Where the picture can be seen; null for what is no picture. */
  preview: string | null;
  reload: () => Promise<void>;
}

export function FileLine({ file, preview, reload }: FileLineProps) {
  const { role } = useCompany();
  const action = useAction();
  const download = () =>
    void action.run(async () => {
      try {
        // It answers as a download, so the page stays where it is.
        window.location.assign(await signDownload(file.path, file.name));
      } catch (error) {
        showFailure(error);
      }
    });
  const remove = () =>
    void deleteWithUndo({ kind: 'attachment', id: file.id, words: `“${file.name}” was deleted.`, reload });
  return (
    <li className="flex items-center gap-3 py-2 pr-2 pl-4 text-sm">
      {preview === null ? (
        <span className="grid size-12 shrink-0 place-items-center rounded-md bg-muted text-muted-foreground">
          <FileText aria-hidden className="size-5" />
        </span>
      ) : (
        <img
          src={preview}
          alt=""
          loading="lazy"
          className="size-12 shrink-0 rounded-md border object-cover"
        />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate" title={file.name}>
          {file.name}
        </p>
        <p className="text-xs text-muted-foreground">
          {sizeWords(file.sizeBytes)} · <WhenLabel at={file.createdAt} />
        </p>
      </div>
      <Button
        variant="quiet"
        size="icon"
        className="size-8"
        aria-label={`Download ${file.name}`}
        busy={action.busy}
        onClick={download}
      >
        {!action.busy && <Download aria-hidden />}
      </Button>
      {may(role, 'contacts.write') && (
        <Button
          variant="quiet"
          size="icon"
          className="size-8"
          aria-label={`Delete ${file.name}`}
          onClick={remove}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
    </li>
  );
}
