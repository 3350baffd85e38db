import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatNumber } from '@/lib/phone';
import { Button } from './ui/Button';

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
      <CopyButton value={e164} />
    </span>
  );
}

function CopyButton({ value }: { value: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true));
  return (
    <Button
      variant="quiet"
      size="icon"
      className="size-8"
      aria-label={copied ? 'Copied' : `Copy ${value}`}
      onClick={copy}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </Button>
  );
}
