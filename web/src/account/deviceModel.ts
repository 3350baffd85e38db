import { asFields, flag, text, textOrNull } from '@/lib/decode';

/** One place where the person is signed in. */
export interface Device {
  id: string;
  userAgent: string;
  /** The address that it was last used from. */
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
  isCurrent: boolean;
  hasSecondFactor: boolean;
}

export function decodeDevice(value: unknown): Device {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    userAgent: textOrNull(row, 'user_agent') ?? '',
    ip: textOrNull(row, 'ip'),
    createdAt: text(row, 'created_at'),
    lastSeenAt: text(row, 'last_seen_at'),
    isCurrent: flag(row, 'is_current'),
    hasSecondFactor: text(row, 'aal') === 'aal2',
  };
}

/** `Chrome on Windows`: the service keeps a device's name in the place of its User-Agent, as `FieldLite (...)`. */
export function deviceName(userAgent: string): string {
  return /^FieldLite \((.+)\)$/.exec(userAgent)?.[1] ?? 'Another program';
}

export function isHandheld(userAgent: string): boolean {
  return /iPhone|iPad|Android/.test(userAgent);
}
