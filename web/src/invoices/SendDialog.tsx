import { useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField, TextAreaField } from '@/components/ui/Field';
import { isTextable, type Conversation } from '@/inbox/conversationModel';
import { sendText } from '@/inbox/messageRepository';
import { formatNumber } from '@/lib/phone';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { customerOf, titleOf, type Invoice } from './invoiceModel';
import { createInvoiceLink } from './invoiceRepository';
import { firstWords, measureWithLink, textOf } from './sendModel';
import { useConversationsOf } from './useConversationsOf';

interface SendDialogProps {
  invoice: Invoice;
  onClose: () => void;
}

/** Texts the invoice's link in one of the customer's conversations. */
export function SendDialog({ invoice, onClose }: SendDialogProps) {
  const { conversations, failure, retry } = useConversationsOf(invoice.contactId);
  return (
    <Dialog open onClose={onClose} title={`Text ${titleOf(invoice).toLowerCase()} to ${customerOf(invoice)}`}>
      {failure && <ErrorState failure={failure} onRetry={retry} />}
      {conversations?.length === 0 && (
        <Notice tone="info">
          There is no conversation with this customer yet, so it can&apos;t be texted from here. Copy the link
          and send it another way.
        </Notice>
      )}
      {conversations && conversations.length > 0 && (
        <SendForm invoice={invoice} conversations={conversations} onClose={onClose} />
      )}
    </Dialog>
  );
}

function obstacleWords(conversation: Conversation | undefined): string | null {
  if (!conversation) return null;
  if (!isTextable(conversation)) return "That sender can't receive texts.";
  return conversation.optedOut ? "They replied STOP, so you can't text this number." : null;
}

function SendForm({ invoice, conversations, onClose }: SendDialogProps & { conversations: Conversation[] }) {
  const company = useCompany();
  const navigate = useNavigate();
  const action = useAction();
  const [id] = useState(newId);
  // Made when it is first needed: another try sends the same link.
  const [link, setLink] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState(conversations[0]?.id ?? '');
  const [words, setWords] = useState(() => firstWords(invoice, company.name, company.locale));
  const measured = measureWithLink(words, window.location.origin);
  const chosen = conversations.find((conversation) => conversation.id === chosenId);
  const obstacle = obstacleWords(chosen);
  const send = async () => {
    const address = link ?? (await createInvoiceLink(invoice.id));
    setLink(address);
    const createdAt = new Date().toISOString();
    const body = textOf(words, address);
    await sendText({ id, conversationId: chosenId, body, createdAt, state: 'sending', attempts: 1 });
  };
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (await action.run(send)) void navigate(`/inbox/${chosenId}`);
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <SelectField
        label="To"
        value={chosenId}
        onChange={(event) => setChosenId(event.target.value)}
        hint={chosen && `From ${formatNumber(chosen.ourNumber, company.country)}`}
      >
        {conversations.map((conversation) => (
          <option key={conversation.id} value={conversation.id}>
            {formatNumber(conversation.theirNumber, company.country)}
            {conversation.optedOut ? ' (opted out)' : ''}
          </option>
        ))}
      </SelectField>
      <TextAreaField
        label="Text"
        value={words}
        hint={`The link follows your words. ${measured.words}`}
        problem={measured.tooLong ? measured.words : null}
        onChange={(event) => setWords(event.target.value)}
      />
      {obstacle && <Notice tone="warning">{obstacle}</Notice>}
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          busy={action.busy}
          disabled={action.busy || measured.tooLong || obstacle !== null}
        >
          Send text
        </Button>
      </div>
    </form>
  );
}
