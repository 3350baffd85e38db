import { DoorClosed } from 'lucide-react';
import { Navigate } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { SecondFactorRequired } from '@/account/SecondFactorRequired';
import { activeCompanies, closureOf, type CompanyChoice } from './companyListModel';
import { chooseCompany } from './companyRepository';
import { useCompanyStore } from './companyStore';
import { openChosenCompany, signOut } from './session';

/** Signed in, and this session may open no company: why, and the way out. */
export function CompanyClosed() {
  const { company, choices } = useCompanyStore();
  const closure = closureOf(choices, company?.tenantId ?? null);
  if (closure === 'none' && !company) return <Navigate to="/create-company" replace />;
  if (closure === 'second-factor') return <SecondFactorRequired />;
  const former = company?.name ?? choices.find((choice) => choice.deactivated)?.name;
  return <AccessEnded former={former ?? 'the company'} others={activeCompanies(choices)} />;
}

function AccessEnded({ former, others }: { former: string; others: readonly CompanyChoice[] }) {
  const action = useAction();
  const choose = (tenantId: string) =>
    void action.run(async () => {
      await chooseCompany(tenantId);
      openChosenCompany();
    });
  return (
    <main className="grid h-full">
      <EmptyState
        icon={DoorClosed}
        level={1}
        title={`You no longer have access to ${former}`}
        action={
          <div className="grid gap-2">
            <FailureNotice failure={action.failure} />
            {others.map(({ tenantId, name }) => (
              <Button key={tenantId} busy={action.busy} onClick={() => choose(tenantId)}>
                <span className="truncate">Open {name}</span>
              </Button>
            ))}
            <Button variant="outline" onClick={() => void signOut('local')}>
              Sign out
            </Button>
          </div>
        }
      >
        If that is a mistake, ask an owner or manager to let you in again.
      </EmptyState>
    </main>
  );
}
