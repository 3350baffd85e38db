import { Clock, MapPin, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useAction } from '@/lib/useAction';
import { useNow } from '@/lib/useNow';
import { newId } from '@/lib/uuid';
import { clockTime } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { addressLines, mapsLink, type ContactCard, type Property } from './cardModel';
import { deleteWithUndo } from './deleteWithUndo';
import { emptyProperty, isBlankProperty, propertyFormOf, type PropertyForm } from './formModel';
import { Panel } from './Panel';
import { PropertyFields } from './PropertyFields';
import { saveProperty } from './propertyRepository';

interface PropertiesPanelProps {
  card: ContactCard;
  reload: () => Promise<void>;
}

/** Where the work is done: maps, the time there, how to get in. */
export function PropertiesPanel({ card, reload }: PropertiesPanelProps) {
  const { role } = useCompany();
  const [edited, setEdited] = useState<PropertyForm | null>(null);
  const mayChange = may(role, 'contacts.write');
  return (
    <Panel
      title="Service addresses"
      count={card.properties.length}
      action={
        mayChange && (
          <Button
            variant="quiet"
            size="icon"
            aria-label="Add an address"
            onClick={() => setEdited(emptyProperty(newId()))}
          >
            <Plus aria-hidden />
          </Button>
        )
      }
    >
      <ul role="list" className="divide-y border-t empty:hidden">
        {card.properties.map((property) => (
          <PropertyLine
            key={property.id}
            property={property}
            onEdit={mayChange ? () => setEdited(propertyFormOf(property)) : null}
            reload={reload}
          />
        ))}
      </ul>
      {edited && (
        <PropertyDialog
          contactId={card.id}
          start={edited}
          isNew={card.properties.every(({ id }) => id !== edited.id)}
          reload={reload}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

interface PropertyLineProps {
  property: Property;
  /** Null for those who may not change it. */
  onEdit: (() => void) | null;
  reload: () => Promise<void>;
}

function PropertyLine({ property, onEdit, reload }: PropertyLineProps) {
  const { country } = useCompany();
  const lines = addressLines(property, country);
  const name = property.label ?? lines[0] ?? 'Address';
  const remove = () =>
    void deleteWithUndo({ kind: 'property', id: property.id, words: `${name} was deleted.`, reload });
  return (
    <li className="flex flex-wrap items-start justify-end gap-x-2 py-3 pr-2 pl-4 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        {property.label && <p className="font-medium break-words">{property.label}</p>}
        <address className="not-italic">
          {lines.map((line) => (
            <span key={line} className="block break-words">
              {line}
            </span>
          ))}
        </address>
        {lines.length > 0 && (
          <a
            href={mapsLink(property)}
            target="_blank"
            rel="noreferrer"
            className="inline-flex target items-center gap-1.5 text-primary underline underline-offset-4"
          >
            <MapPin aria-hidden className="size-4" />
            Open in maps
          </a>
        )}
        <LocalTime zone={property.timeZone} />
        {property.gateCode && <p>Gate code: {property.gateCode}</p>}
        {property.notes && (
          <p className="break-words whitespace-pre-wrap text-muted-foreground">{property.notes}</p>
        )}
      </div>
      {onEdit && (
        <span className="flex shrink-0">
          <Button
            variant="quiet"
            size="icon"
            className="size-8"
            aria-label={`Change ${name}`}
            onClick={onEdit}
          >
            <Pencil aria-hidden />
          </Button>
          <Button
            variant="quiet"
            size="icon"
            className="size-8"
            aria-label={`Delete ${name}`}
            onClick={remove}
          >
            <Trash2 aria-hidden />
          </Button>
        </span>
      )}
    </li>
  );
}

/** The time where the work is, when it is another one than the company's. */
function LocalTime({ zone }: { zone: string | null }) {
  const { timeZone, locale } = useCompany();
  const now = useNow();
  if (zone === null || zone === timeZone) return null;
  return (
    <p className="flex items-center gap-1.5 text-muted-foreground">
      <Clock aria-hidden className="size-4" />
      {clockTime(now.toISOString(), { timeZone: zone, locale })} there now
    </p>
  );
}

interface PropertyDialogProps {
  contactId: string;
  start: PropertyForm;
  isNew: boolean;
  reload: () => Promise<void>;
  onClose: () => void;
}

function PropertyDialog({ contactId, start, isNew, reload, onClose }: PropertyDialogProps) {
  const [form, setForm] = useState(start);
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await saveProperty(contactId, form);
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={isNew ? 'New service address' : 'Change the address'}>
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <PropertyFields form={form} onChange={setForm} />
        <FailureNotice failure={action.failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={action.busy} disabled={action.busy || isBlankProperty(form)}>
            Save address
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
