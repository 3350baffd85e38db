import { create } from 'zustand';
import { nameCompany } from '@/database/companyFilter';
import { toFailure, type Failure } from '@/lib/failure';
import type { Place } from '@/lib/when';
import type { CompanyChoice } from './companyListModel';
import type { Company } from './companyModel';
import { fetchCompanies, fetchCompany } from './companyRepository';
import { renewAccessToken } from './session';
import { onSessionEnd } from './sessionStore';

export interface CompanyState {
  /** `closed`: this session may open none, see `closureOf`. */
  status: 'loading' | 'closed' | 'ready' | 'failed';
  /** When it is closed: the one that was open when this page opened. */
  company: Company | null;
  /** When it is closed: what the person could open instead, and why not. */
  choices: readonly CompanyChoice[];
  failure: Failure | null;
}

const START: CompanyState = { status: 'loading', company: null, choices: [], failure: null };

export const useCompanyStore = create<CompanyState>(() => START);

let loading: Promise<void> | null = null;

/** Asks who the person is in which company; one question at a time. */
export function loadCompany(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  try {
    const answer = await fetchCompany();
    if (answer) open(answer);
    else await close();
  } catch (error) {
    // A page that works keeps working: events and the minute ask again.
    if (useCompanyStore.getState().status === 'ready') return;
    useCompanyStore.setState({ status: 'failed', failure: toFailure(error) });
  }
}

function open(answer: Company): void {
  const { company } = useCompanyStore.getState();
  // The same object for the same answer: what depends on it is not started again.
  const unchanged = JSON.stringify(company) === JSON.stringify(answer);
  nameCompany(answer.tenantId);
  useCompanyStore.setState({ ...START, status: 'ready', company: unchanged ? company : answer });
}

async function close(): Promise<void> {
  const { status, company } = useCompanyStore.getState();
  // Access ended, or this very log-in, from another device: then there is no next token, and the page signs out.
  if (status === 'ready') await renewAccessToken();
  nameCompany(null);
  const choices = await fetchCompanies();
  useCompanyStore.setState({ ...START, status: 'closed', company, choices });
}

/** The company, below RequireCompany. */
export function useCompany(): Company {
  const company = useCompanyStore((state) => state.company);
  if (!company) throw new Error('useCompany outside RequireCompany');
  return company;
}

/** The company's zone and language, for showing times. */
export function usePlace(): Place {
  return useCompany();
}

onSessionEnd(() => {
  nameCompany(null);
  useCompanyStore.setState(START);
});
