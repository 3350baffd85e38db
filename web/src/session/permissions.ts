import type { Role } from './companyModel';

/**
 * What roles may do, as the table `private.permissions` says. The database decides; this only keeps what it would
 * refuse off the screen.
 */
const ROLES = {
  'contacts.write': ['owner', 'manager', 'dispatcher', 'estimator'],
  'conversations.write': ['owner', 'manager', 'dispatcher', 'estimator'],
  'payments.refund': ['owner', 'manager', 'bookkeeper'],
  'billing.write': ['owner'],
} as const satisfies Record<string, readonly Role[]>;

export function may(role: Role, permission: keyof typeof ROLES): boolean {
  const roles: readonly Role[] = ROLES[permission];
  return roles.includes(role);
}
