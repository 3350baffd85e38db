import { cn } from '@/lib/cn';
import { formatMoney } from '@/lib/money';
import { usePlace } from '@/session/companyStore';

interface MoneyProps {
  /** Minor units. */
  cents: number;
  /** ISO 4217. */
  currency: string;
  className?: string;
}

/** An amount with its currency, in figures that stand below each other. */
export function Money({ cents, currency, className }: MoneyProps) {
  const { locale } = usePlace();
  return (
    <span className={cn('whitespace-nowrap tabular-nums', className)}>
      {formatMoney(cents, currency, locale)}
    </span>
  );
}
