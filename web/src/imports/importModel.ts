import type { Badge } from '@/components/StatusBadge';
import {
  CircleCheck,
  CircleX,
  FileText,
  Hourglass,
  ListChecks,
  RotateCcw,
  type LucideIcon,
} from 'lucide-react';
import { Constants } from '@/database/types';
import { CONTACT_TYPES, type ContactType } from '@/contacts/contactModel';
import { asFields, asList, oneOf, text, textOrNull, texts, whole, type Fields } from '@/lib/decode';

export const IMPORT_STATUSES = Constants.public.Enums.import_status;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const DUPLICATE_CHOICES = ['update', 'skip', 'create'] as const;
export type DuplicateChoice = (typeof DUPLICATE_CHOICES)[number];

export const DUPLICATE_WORDS: Record<DuplicateChoice, string> = {
  update: 'Bring it up to date with the file',
  skip: 'Leave it as it is',
  create: 'Add another contact',
};

/** A target for each column of the file, null for one that is left out. */
export type Mapping = readonly (string | null)[];

export interface ImportOptions {
  /** ISO 3166-1 alpha-2: where numbers without a country code are from. */
  country: string;
  /** Of contacts that are new. */
  type: ContactType;
  onDuplicate: DuplicateChoice;
  /** A tag for every contact of the file. */
  tagId: string | null;
}

export interface Counts {
  create: number;
  update: number;
  skip: number;
  error: number;
}

/** A file of contacts, and how far it is. */
export interface ContactImport {
  id: string;
  version: number;
  name: string;
  status: ImportStatus;
  encoding: string;
  delimiter: string;
  headers: string[];
  mapping: Mapping;
  options: ImportOptions;
  rows: number;
  checked: number;
  warnings: number;
  counts: Counts;
  /** Rows that were applied. */
  done: number;
  /** Rows that were taken back, and contacts that were left because somebody had changed them. */
  undone: number;
  left: number;
  error: string | null;
  startedAt: string | null;
  createdAt: string;
  createdByName: string | null;
}

export function decodeImport(value: unknown): ContactImport {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    name: text(row, 'name'),
    status: oneOf(row, 'status', IMPORT_STATUSES),
    encoding: text(row, 'encoding'),
    delimiter: text(row, 'delimiter'),
    headers: texts(row, 'headers'),
    mapping: asList(row.mapping, (target) => (typeof target === 'string' ? target : null)),
    options: decodeOptions(asFields(row.options)),
    rows: whole(row, 'row_count'),
    checked: whole(row, 'checked_count'),
    warnings: whole(row, 'warning_count'),
    counts: {
      create: whole(row, 'create_count'),
      update: whole(row, 'update_count'),
      skip: whole(row, 'skip_count'),
      error: whole(row, 'error_count'),
    },
    done: whole(row, 'done_count'),
    undone: whole(row, 'undone_count'),
    left: whole(row, 'left_count'),
    error: textOrNull(row, 'error'),
    startedAt: textOrNull(row, 'started_at'),
    createdAt: text(row, 'created_at'),
    createdByName: textOrNull(row, 'created_by_name'),
  };
}

function decodeOptions(fields: Fields): ImportOptions {
  return {
    country: text(fields, 'country'),
    type: oneOf(fields, 'type', CONTACT_TYPES),
    onDuplicate: oneOf(fields, 'on_duplicate', DUPLICATE_CHOICES),
    tagId: textOrNull(fields, 'tag_id'),
  };
}

const STATUS: Record<ImportStatus, { icon: LucideIcon; word: string; tone: Badge['tone'] }> = {
  uploading: { icon: CircleX, word: 'Upload broke off', tone: 'bad' },
  uploaded: { icon: FileText, word: 'Not checked yet', tone: 'quiet' },
  checking: { icon: Hourglass, word: 'Being checked', tone: 'unsure' },
  checked: { icon: ListChecks, word: 'Ready to start', tone: 'unsure' },
  running: { icon: Hourglass, word: 'Running', tone: 'unsure' },
  done: { icon: CircleCheck, word: 'Done', tone: 'good' },
  canceled: { icon: CircleX, word: 'Canceled', tone: 'quiet' },
  failed: { icon: CircleX, word: 'Failed', tone: 'bad' },
  undoing: { icon: Hourglass, word: 'Being undone', tone: 'unsure' },
  undone: { icon: RotateCcw, word: 'Undone', tone: 'quiet' },
};

export function badgeOf({ status }: Pick<ContactImport, 'status'>): Badge {
  return STATUS[status];
}

/** How far the work of the present step is, from 0 to 1. */
export function shareDone(item: ContactImport): number {
  const { status, rows, checked, done, undone, counts } = item;
  if (status === 'checking') return share(checked, rows);
  if (status === 'running') return share(done, rows - counts.error);
  return share(undone, Math.min(done, counts.create + counts.update));
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

const UNDO_DAYS = 30;

/** Whether the database will still undo it. */
export function canUndo({ status, done, startedAt }: ContactImport, now: number): boolean {
  const age = startedAt === null ? Infinity : now - Date.parse(startedAt);
  return ['done', 'canceled', 'failed'].includes(status) && done > 0 && age < UNDO_DAYS * 86_400_000;
}

export const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'pipes',
};

export function encodingWords(encoding: string): string {
  return encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase().replace(/-(LE|BE)$/, '');
}
