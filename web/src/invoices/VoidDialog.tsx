import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useAction } from '@/lib/useAction';
import { customerOf, titleOf, type Invoice } from './invoiceModel';
import { voidInvoice } from './invoiceRepository';

interface VoidDialogProps {
  invoice: Invoice;
  onClose: () => void;
  reload: () => Promise<void>;
}

/** Cannot be undone, so the invoice is named before it goes. */
export function VoidDialog({ invoice, onClose, reload }: VoidDialogProps) {
  const action = useAction();
  const name = titleOf(invoice).toLowerCase();
  const end = async () => {
    const done = await action.run(async () => {
      await voidInvoice(invoice.id);
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Void ${name} for ${customerOf(invoice)}?`}
      description="It can't be paid any more and is not owed. It keeps its number. This cannot be undone."
    >
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Keep it
        </Button>
        <Button variant="destructive" busy={action.busy} onClick={() => void end()}>
          Void {name}
        </Button>
      </div>
    </Dialog>
  );
}
