import type { Role } from './companyModel';

/**
 * What roles may do, as the table `private.permissions` says. The database decides; this only keeps what it would
 * refuse off the screen.
 */
const ROLES = {
  'contacts.read': ['owner', 'manager', 'dispatcher', 'estimator', 'bookkeeper'],
  'contacts.write': ['owner', 'manager', 'dispatcher', 'estimator'],
  'contacts.merge': ['owner', 'manager', 'dispatcher'],
  'contacts.import': ['owner', 'manager', 'dispatcher'],
  'contacts.export': ['owner', 'manager', 'bookkeeper'],
  'contacts.erase': ['owner'],
  'deleted.restore': ['owner', 'manager', 'dispatcher', 'estimator'],
  'conversations.write': ['owner', 'manager', 'dispatcher', 'estimator'],
  'payments.refund': ['owner', 'manager', 'bookkeeper'],
  'billing.write': ['owner'],
} as const satisfies Record<string, readonly Role[]>;

export function may(role: Role, permission: keyof typeof ROLES): boolean {
  const roles: readonly Role[] = ROLES[permission];
  return roles.includes(role);
}
