import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { useAction } from '@/lib/useAction';
import { titleOf, type Invoice } from './invoiceModel';
import { createInvoiceLink } from './invoiceRepository';

/** A link to the customer's page. It is shown once: the database keeps only its fingerprint. */
export function LinkDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const action = useAction();
  const [link, setLink] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void action.run(async () => setLink(await createInvoiceLink(invoice.id)));
    // Once, when the dialog opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const copy = () => {
    if (link !== null) void navigator.clipboard.writeText(link).then(() => setCopied(true));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Link to ${titleOf(invoice).toLowerCase()}`}
      description="Whoever has it can see this invoice and pay it. It works for 90 days."
    >
      <FailureNotice failure={action.failure} />
      {link === null ? (
        action.busy && (
          <p role="status" className="text-sm text-muted-foreground">
            Making a link…
          </p>
        )
      ) : (
        <TextField
          label="Link"
          readOnly
          value={link}
          className="font-mono text-xs"
          onFocus={(event) => event.target.select()}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Close
        </Button>
        <Button disabled={link === null} onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? 'Copied' : 'Copy link'}
        </Button>
      </div>
    </Dialog>
  );
}
