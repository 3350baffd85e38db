import { formatNumber } from '@/lib/phone';
import { CopyButton } from './CopyButton';

interface PhoneNumberProps {
  e164: string;
  country: string;
}

/** A number that calls when it is pressed, formatted for people and copied as E.164. */
export function PhoneNumber({ e164, country }: PhoneNumberProps) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <a
        href={`tel:${e164}`}
        className="inline-flex target items-center tabular-nums underline-offset-4 hover:underline"
      >
        {formatNumber(e164, country)}
      </a>
      <CopyButton value={e164} label={`Copy ${e164}`} />
    </span>
  );
}
