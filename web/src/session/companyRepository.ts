import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import { decodeCompanyChoice, type CompanyChoice } from './companyListModel';
import { decodeCompany, type Company } from './companyModel';

/** The person's company; null while they have none. */
export async function fetchCompany(): Promise<Company | null> {
  const rows = asList(await answerOf(getClient().rpc('my_session')), decodeCompany);
  return rows[0] ?? null;
}

export interface NewCompany {
  id: string;
  name: string;
  displayName: string;
  timeZone: string;
}

/** Makes the company, with the person as its owner. The same id again changes nothing. */
export async function createCompany(company: NewCompany): Promise<void> {
  await answerOf(
    getClient().rpc('create_tenant', {
      p_id: company.id,
      p_name: company.name,
      p_display_name: company.displayName,
      p_timezone: company.timeZone,
    }),
  );
}

/** Every company that the person works or worked for. */
export async function fetchCompanies(): Promise<CompanyChoice[]> {
  return asList(await answerOf(getClient().rpc('my_companies')), decodeCompanyChoice);
}

/** Makes a company the one of this session. */
export async function chooseCompany(tenantId: string): Promise<void> {
  await answerOf(getClient().rpc('choose_tenant', { p_tenant: tenantId }));
}
