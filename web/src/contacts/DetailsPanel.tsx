import type { ReactNode } from 'react';
import { PhoneNumber } from '@/components/PhoneNumber';
import { dayLabel } from '@/lib/when';
import { useNow } from '@/lib/useNow';
import { useCompany } from '@/session/companyStore';
import type { ContactCard, Phone } from './cardModel';
import { ConsentMark } from './ConsentMark';
import { valueWords } from './customFieldModel';
import { Panel } from './Panel';
import { useVocabulary } from './vocabularyStore';

/** How to reach them, and what else is known. */
export function DetailsPanel({ card }: { card: ContactCard }) {
  const company = useCompany();
  const now = useNow();
  return (
    <Panel title="Details">
      <dl className="grid gap-4 px-4 pb-4 text-sm">
        {card.phones.length > 0 && (
          <Fact label={card.phones.length > 1 ? 'Phone numbers' : 'Phone number'}>
            <ul role="list" className="grid gap-1">
              {card.phones.map((phone) => (
                <PhoneLine key={phone.id} phone={phone} />
              ))}
            </ul>
          </Fact>
        )}
        {card.emails.length > 0 && (
          <Fact label="E-mail">
            <ul role="list">
              {card.emails.map(({ id, email, label }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-2">
                  <a
                    href={`mailto:${email}`}
                    className="inline-flex target min-w-0 items-center [overflow-wrap:anywhere] underline-offset-4 hover:underline"
                  >
                    {email}
                  </a>
                  {label && <span className="text-muted-foreground">{label}</span>}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {card.source && <Fact label="Source">{card.source}</Fact>}
        <CustomFacts card={card} />
        <Fact label="Known since">
          {dayLabel(card.createdAt, now, company)}
          {card.createdByName && `, added by ${card.createdByName}`}
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

const KIND_WORDS = { mobile: 'Mobile', home: 'Home', work: 'Work', other: null } as const;

function PhoneLine({ phone }: { phone: Phone }) {
  const { country } = useCompany();
  const words = [phone.label ?? KIND_WORDS[phone.type], phone.extension && `ext. ${phone.extension}`].filter(
    Boolean,
  );
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      {phone.e164 === null ? (
        <span className="break-all">{phone.raw} (not a number)</span>
      ) : (
        <PhoneNumber e164={phone.e164} country={country} />
      )}
      {words.length > 0 && <span className="text-muted-foreground">{words.join(', ')}</span>}
      {phone.e164 !== null && <ConsentMark phone={phone} />}
    </li>
  );
}

/** The company's own fields that have a value; archived ones too, since what was entered stays. */
function CustomFacts({ card }: { card: ContactCard }) {
  const { locale } = useCompany();
  const fields = useVocabulary((state) => state.fields);
  return fields.map((field) => {
    const value = card.customValues[field.id];
    if (value === undefined) return null;
    return (
      <Fact key={field.id} label={field.label}>
        {valueWords(field, value, locale)}
      </Fact>
    );
  });
}
