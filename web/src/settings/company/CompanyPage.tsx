import { LeaveDialog } from '@/components/LeaveDialog';
import { WhenLoaded } from '@/components/WhenLoaded';
import { useUnsavedGuard } from '@/lib/useUnsavedGuard';
import { ProfileEditor } from './ProfileEditor';
import { useProfileForm } from './useProfileForm';

/** Who the company is to its customers, and when it is there for them. */
export function CompanyPage() {
  const { editing, failure, load } = useProfileForm();
  const { blocker } = useUnsavedGuard(editing?.isDirty ?? false);
  return (
    <>
      <WhenLoaded loaded={{ value: editing ?? undefined, failure, load }}>
        {(known) => <ProfileEditor editing={known} />}
      </WhenLoaded>
      <LeaveDialog blocker={blocker} />
    </>
  );
}
