import { asFields, text, textOrNull, whole } from '@/lib/decode';

/** A file that was attached to a contact. */
export interface Attachment {
  id: string;
  /** In the bucket. */
  path: string;
  name: string;
  mimeType: string;
  sizeBytes: number;
  createdAt: string;
  createdBy: string | null;
}

export function decodeAttachment(value: unknown): Attachment {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    path: text(row, 'path'),
    name: text(row, 'name'),
    mimeType: text(row, 'mime_type'),
    sizeBytes: whole(row, 'size_bytes'),
    createdAt: text(row, 'created_at'),
    createdBy: textOrNull(row, 'created_by'),
  };
}

/** What the bucket takes, which refuses everything else. */
export const MOST_BYTES = 25 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  rtf: 'application/rtf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
};

const KNOWN = new Set(Object.values(TYPES));

/** The type to keep a file under: what the browser says, else by its name; null for what the bucket does not take. */
export function mimeTypeOf({ name, type }: { name: string; type: string }): string | null {
  const said = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (KNOWN.has(said) || said.startsWith('audio/')) return said;
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return TYPES[extension] ?? null;
}

/** Why a file can't be attached, in words; null when it can. Found before anything is sent. */
export function fileProblem(file: { name: string; type: string; size: number }): string | null {
  if (file.size === 0) return `“${file.name}” is empty.`;
  if (file.size > MOST_BYTES) {
    return `“${file.name}” has ${sizeWords(file.size)}. A file can have up to ${sizeWords(MOST_BYTES)}.`;
  }
  if (mimeTypeOf(file) === null) {
    return `“${file.name}” can’t be attached. Pictures, PDFs, texts, office documents, sound and MP4 films can.`;
  }
  return null;
}

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${Math.round(kilobytes)} KB`;
  return `${(kilobytes / 1024).toFixed(1).replace(/\.0$/, '')} MB`;
}

/** Formats that every browser shows. */
export function isPicture({ mimeType }: Pick<Attachment, 'mimeType'>): boolean {
  return ['image/jpeg', 'image/png', 'image/gif', 'image/webp'].includes(mimeType);
}
