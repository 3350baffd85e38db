import { Constants } from '@/database/types';
import { asFields, flag, oneOf, text } from '@/lib/decode';
import type { Role } from './companyModel';

/** A company that the person works or worked for, as `my_companies()` says. */
export interface CompanyChoice {
  tenantId: string;
  name: string;
  role: Role;
  /** The one of this session. */
  isCurrent: boolean;
  /** It demands a second factor, and this session has given none. */
  needsSecondFactor: boolean;
  /** The person's access was ended. */
  deactivated: boolean;
}

export function decodeCompanyChoice(value: unknown): CompanyChoice {
  const row = asFields(value);
  return {
    tenantId: text(row, 'tenant_id'),
    name: text(row, 'name'),
    role: oneOf(row, 'role', Constants.public.Enums.member_role),
    isCurrent: flag(row, 'is_current'),
    needsSecondFactor: flag(row, 'needs_second_factor'),
    deactivated: flag(row, 'deactivated'),
  };
}

/** Those that the person may work in, with or without a second factor. */
export function activeCompanies(companies: readonly CompanyChoice[]): CompanyChoice[] {
  return companies.filter((company) => !company.deactivated);
}

/**
 * Why a session shows no company:
 * - none: the person has none yet
 * - second-factor: their company demands a second factor, which they have to set up first
 * - ended: they have no access any more to the one they were in, or to any
 */
export type Closure = 'none' | 'second-factor' | 'ended';

export function closureOf(companies: readonly CompanyChoice[], formerId: string | null): Closure {
  if (companies.length === 0) return 'none';
  const former = companies.find((company) => company.tenantId === formerId);
  if (former?.deactivated) return 'ended';
  // Of a session without a choice the database takes the oldest, which comes first.
  const asked = former ?? activeCompanies(companies)[0];
  return asked?.needsSecondFactor ? 'second-factor' : 'ended';
}
