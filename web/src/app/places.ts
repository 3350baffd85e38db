import { Inbox, ReceiptText, Settings, type LucideIcon } from 'lucide-react';
import { mayReadInbox, type Company } from '@/session/companyModel';

/** The places of the product that exist; a person sees those of their role. */
export interface Place {
  path: string;
  label: string;
  icon: LucideIcon;
  counts?: 'unread';
  isOpenTo: (company: Company) => boolean;
}

const PLACES: readonly Place[] = [
  { path: '/inbox', label: 'Inbox', icon: Inbox, counts: 'unread', isOpenTo: mayReadInbox },
  {
    path: '/invoices',
    label: 'Invoices',
    icon: ReceiptText,
    isOpenTo: ({ areas }) => areas.includes('money'),
  },
  {
    path: '/settings',
    label: 'Settings',
    icon: Settings,
    isOpenTo: ({ areas }) => areas.includes('settings'),
  },
];

export function placesOf(company: Company): Place[] {
  return PLACES.filter((place) => place.isOpenTo(company));
}
