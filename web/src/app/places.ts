import { Inbox, ReceiptText, Settings, type LucideIcon } from 'lucide-react';
import type { Company } from '@/session/companyModel';

/** The places of the product that exist; a person sees those of their areas. */
export interface Place {
  path: string;
  label: string;
  icon: LucideIcon;
  area: string;
}

const PLACES: readonly Place[] = [
  { path: '/inbox', label: 'Inbox', icon: Inbox, area: 'inbox' },
  { path: '/invoices', label: 'Invoices', icon: ReceiptText, area: 'money' },
  { path: '/settings', label: 'Settings', icon: Settings, area: 'settings' },
];

export function placesOf(company: Company): Place[] {
  return PLACES.filter((place) => company.areas.includes(place.area));
}
