import { Ban, FileCheck, Link2, MoreHorizontal, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/Menu';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { deleteSoon } from './deletionStore';
import { isOpenToCustomers, isVoidable, type Invoice } from './invoiceModel';
import { issueInvoice } from './invoiceRepository';
import { LinkDialog } from './LinkDialog';
import { SendDialog } from './SendDialog';
import { VoidDialog } from './VoidDialog';

interface InvoiceActionsProps {
  invoice: Invoice;
  reload: () => Promise<void>;
}

/** The next step first: a draft is issued, an issued invoice is sent. */
export function InvoiceActions({ invoice, reload }: InvoiceActionsProps) {
  if (invoice.state === 'draft') return <DraftActions invoice={invoice} reload={reload} />;
  return isOpenToCustomers(invoice) ? <IssuedActions invoice={invoice} reload={reload} /> : null;
}

function DraftActions({ invoice, reload }: InvoiceActionsProps) {
  const navigate = useNavigate();
  const action = useAction();
  const issue = () =>
    void action.run(async () => {
      await issueInvoice(invoice.id);
      await reload();
    });
  const remove = () => {
    deleteSoon(invoice.id);
    void navigate('/invoices', { replace: true });
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <Button busy={action.busy} onClick={issue}>
          <FileCheck aria-hidden />
          Issue invoice
        </Button>
        <Button asChild variant="outline">
          <Link to={`/invoices/${invoice.id}/edit`}>
            <Pencil aria-hidden />
            Edit
          </Link>
        </Button>
        <Button variant="quiet" onClick={remove}>
          <Trash2 aria-hidden />
          Delete draft
        </Button>
      </div>
      <p className="text-sm text-muted-foreground">
        Issuing gives it the next number. After that it can be sent and paid, but not changed.
      </p>
      <FailureNotice failure={action.failure} />
    </div>
  );
}

type OpenDialog = 'send' | 'link' | 'void' | null;

function IssuedActions({ invoice, reload }: InvoiceActionsProps) {
  const { role } = useCompany();
  const [open, setOpen] = useState<OpenDialog>(null);
  const close = () => setOpen(null);
  const maySend = may(role, 'conversations.write');
  return (
    <div className="flex flex-wrap gap-2">
      {maySend && (
        <Button variant={invoice.balanceCents > 0 ? 'primary' : 'outline'} onClick={() => setOpen('send')}>
          <Send aria-hidden />
          Send by text
        </Button>
      )}
      <Button variant={maySend ? 'outline' : 'primary'} onClick={() => setOpen('link')}>
        <Link2 aria-hidden />
        Copy link
      </Button>
      {isVoidable(invoice) && (
        <Menu>
          <MenuTrigger asChild>
            <Button variant="quiet" size="icon" aria-label="More">
              <MoreHorizontal aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuContent align="end">
            <MenuItem onSelect={() => setOpen('void')}>
              <Ban aria-hidden />
              Void invoice
            </MenuItem>
          </MenuContent>
        </Menu>
      )}
      {open === 'send' && <SendDialog invoice={invoice} onClose={close} />}
      {open === 'link' && <LinkDialog invoice={invoice} onClose={close} />}
      {open === 'void' && <VoidDialog invoice={invoice} onClose={close} reload={reload} />}
    </div>
  );
}
