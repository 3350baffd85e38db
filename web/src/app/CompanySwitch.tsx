import { Building2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { MenuRadioGroup, MenuRadioItem, MenuSeparator } from '@/components/ui/Menu';
import { useAction } from '@/lib/useAction';
import { activeCompanies, type CompanyChoice } from '@/session/companyListModel';
import { chooseCompany, fetchCompanies } from '@/session/companyRepository';
import { useCompany } from '@/session/companyStore';
import { openChosenCompany } from '@/session/session';

/** The person's companies, when there are several. Another one is opened for this browser, in all of its tabs. */
export function CompanySwitch() {
  const { tenantId } = useCompany();
  const companies = useOwnCompanies();
  const action = useAction();
  const choose = (chosen: string) => {
    if (chosen === tenantId) return;
    void action.run(async () => {
      await chooseCompany(chosen);
      openChosenCompany();
    });
  };
  if (companies.length < 2) return null;
  return (
    <>
      <MenuSeparator />
      <MenuRadioGroup aria-label="Company" value={tenantId} onValueChange={choose}>
        {companies.map((company) => (
          // The menu stays until the page changes, or to say why it does not.
          <MenuRadioItem
            key={company.tenantId}
            value={company.tenantId}
            onSelect={(event) => event.preventDefault()}
          >
            <Building2 aria-hidden />
            <span className="min-w-0 truncate">{company.name}</span>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <FailureNotice failure={action.failure} />
    </>
  );
}

function useOwnCompanies(): readonly CompanyChoice[] {
  const [companies, setCompanies] = useState<readonly CompanyChoice[]>([]);
  useEffect(() => {
    let gone = false;
    fetchCompanies().then(
      (known) => {
        if (!gone) setCompanies(activeCompanies(known));
      },
      // Without signal there is nothing to switch to.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  return companies;
}
