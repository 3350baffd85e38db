import { useNavigate } from 'react-router';
import { Dialog } from '@/components/ui/Dialog';
import { ContactPicker } from '@/invoices/ContactPicker';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { nameOf } from './contactModel';

interface ChooseMergeDialogProps {
  card: ContactCard;
  onClose: () => void;
}

/** Finds the other contact; what becomes of both is decided on the next page. */
export function ChooseMergeDialog({ card, onClose }: ChooseMergeDialogProps) {
  const { country } = useCompany();
  const navigate = useNavigate();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Merge ${nameOf(card, country)} with another contact`}
      description="You see both side by side before anything happens."
    >
      {/* Room for what the search finds: the dialog cuts off what hangs out of it. */}
      <div className="min-h-80">
        <ContactPicker
          label="The other contact"
          chosen={null}
          exceptId={card.id}
          problem={undefined}
          onChoose={(other) => {
            if (other) void navigate(`/contacts/merge/${card.id}/${other.id}`);
          }}
        />
      </div>
    </Dialog>
  );
}
