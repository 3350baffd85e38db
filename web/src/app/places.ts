import { ContactRound, Inbox, ListTodo, ReceiptText, Settings, type LucideIcon } from 'lucide-react';
import { mayReadInbox, type Company } from '@/session/companyModel';
import { may } from '@/session/permissions';

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
    path: '/contacts',
    label: 'Contacts',
    icon: ContactRound,
    isOpenTo: ({ role }) => may(role, 'contacts.read'),
  },
  { path: '/tasks', label: 'Tasks', icon: ListTodo, isOpenTo: ({ role }) => may(role, 'contacts.read') },
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
