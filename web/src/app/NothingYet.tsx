import { HardHat } from 'lucide-react';
import { EmptyState } from '@/components/EmptyState';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';

/** For roles whose places do not exist yet. */
export function NothingYet() {
  usePageTitle('Welcome');
  const { displayName, role } = useCompany();
  return (
    <EmptyState icon={HardHat} level={1} title={`Welcome, ${displayName}`}>
      There is nothing here for a {role} yet. An owner or manager of your company can change your role.
    </EmptyState>
  );
}
