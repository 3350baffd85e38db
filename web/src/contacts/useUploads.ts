import { useState } from 'react';
import { toFailure } from '@/lib/failure';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { fileProblem } from './fileModel';
import { attachFile } from './fileRepository';

/** A file on its way. Its id is that of the attachment: another try sends no second one. */
export interface Upload {
  id: string;
  file: File;
  /** Of the bytes, 0 to 1. */
  share: number;
  /** Why it stopped, in words. */
  problem: string | null;
}

export interface Uploads {
  uploads: readonly Upload[];
  /** What was refused before anything was sent. */
  problems: readonly string[];
  add: (files: readonly File[]) => void;
  retry: (upload: Upload) => void;
  dismiss: (upload: Upload) => void;
}

export function useUploads(contactId: string, reload: () => Promise<void>): Uploads {
  const { tenantId } = useCompany();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const patch = (id: string, part: Partial<Upload>) =>
    setUploads((known) => known.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  const dismiss = ({ id }: Upload) => setUploads((known) => known.filter((upload) => upload.id !== id));
  const send = async (upload: Upload) => {
    const { id, file } = upload;
    patch(id, { problem: null, share: 0 });
    try {
      await attachFile({ id, tenantId, contactId, file }, (share) => patch(id, { share }));
      await reload();
      dismiss(upload);
    } catch (error) {
      patch(id, { problem: toFailure(error).message });
    }
  };
  const add = (files: readonly File[]) => {
    setProblems(files.map(fileProblem).filter((problem) => problem !== null));
    const accepted = files
      .filter((file) => fileProblem(file) === null)
      .map((file) => ({ id: newId(), file, share: 0, problem: null }));
    setUploads((known) => [...accepted, ...known]);
    for (const upload of accepted) void send(upload);
  };
  return { uploads, problems, add, retry: (upload) => void send(upload), dismiss };
}
