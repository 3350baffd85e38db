import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import type { Place } from '@/lib/when';
import type { Company } from './companyModel';
import { fetchCompany } from './companyRepository';
import { onSessionEnd } from './sessionStore';

export interface CompanyState {
  /** `none`: signed in and without a company; `lost`: had one when this page opened. */
  status: 'loading' | 'none' | 'lost' | 'ready' | 'failed';
  company: Company | null;
  failure: Failure | null;
}

const START: CompanyState = { status: 'loading', company: null, failure: null };

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
    accept(await fetchCompany());
  } catch (error) {
    // A page that works keeps working: events and the minute ask again.
    if (useCompanyStore.getState().status === 'ready') return;
    useCompanyStore.setState({ status: 'failed', failure: toFailure(error) });
  }
}

function accept(answer: Company | null): void {
  const { company } = useCompanyStore.getState();
  if (answer === null) {
    useCompanyStore.setState({ ...START, status: company ? 'lost' : 'none', company });
    return;
  }
  // The same object for the same answer: what depends on it is not started again.
  const unchanged = JSON.stringify(company) === JSON.stringify(answer);
  useCompanyStore.setState({ status: 'ready', company: unchanged ? company : answer, failure: null });
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

onSessionEnd(() => useCompanyStore.setState(START));
