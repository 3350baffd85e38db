import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Button } from '@/components/ui/Button';
import type { CustomField } from '@/contacts/customFieldModel';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { Section } from '@/settings/Section';
import { EditFieldDialog } from './EditFieldDialog';
import { FieldList } from './FieldList';
import { fetchFields } from './fieldRepository';
import { NewFieldDialog } from './NewFieldDialog';

export function FieldSection() {
  const fields = useLiveLoaded(fetchFields, 'custom_fields');
  const [open, setOpen] = useState<'new' | CustomField | null>(null);
  const close = () => setOpen(null);
  const button = <Button onClick={() => setOpen('new')}>New field</Button>;
  const some = fields.value !== undefined && fields.value.length > 0;
  return (
    <Section
      title="Fields of your own"
      description="What you want to know of every contact beyond name and numbers, in this order."
      action={some && button}
    >
      <WhenLoaded loaded={fields}>
        {(known) =>
          known.length === 0 ? (
            <EmptyState icon={ListPlus} title="No fields yet" action={button}>
              A field of your own stands on every contact: the age of the boiler, a membership, a birthday.
            </EmptyState>
          ) : (
            <FieldList fields={known} onEdit={setOpen} reload={fields.load} />
          )
        }
      </WhenLoaded>
      {open === 'new' && (
        <NewFieldDialog position={fields.value?.length ?? 0} onClose={close} reload={fields.load} />
      )}
      {open !== null && open !== 'new' && (
        <EditFieldDialog field={open} onClose={close} reload={fields.load} />
      )}
    </Section>
  );
}
