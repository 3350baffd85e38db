/** Names of the providers that people know; another one is shown as Auth calls it. */
const NAMES: Readonly<Record<string, string>> = {
  apple: 'Apple',
  azure: 'Microsoft',
  facebook: 'Facebook',
  github: 'GitHub',
  gitlab: 'GitLab',
  google: 'Google',
  linkedin_oidc: 'LinkedIn',
  slack_oidc: 'Slack',
};

export function providerName(provider: string): string {
  return NAMES[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1).replaceAll('_', ' ');
}

/** Our own route, which leads on to the provider and comes back to `next`. */
export function providerUrl(provider: string, next: string): string {
  return `/api/v1/auth/oauth/${encodeURIComponent(provider)}?next=${encodeURIComponent(next)}`;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  provider_refused:
    'You were not signed in: the other side called it off. Try again, or sign in another way.',
  no_such_provider: 'Signing in that way is not offered here.',
  sign_up_closed: 'There is no account for that address here, and new ones cannot be made at the moment.',
  email_not_confirmed:
    'We sent a mail to the address of that account. Open the link in it, then sign in again.',
  account_locked: 'This account is locked.',
  too_many_attempts: 'Too many attempts. Wait a minute, then try again.',
  auth_unavailable: 'That does not work at the moment. Try again in a minute.',
};

/** What the sign-in page says about an attempt that failed elsewhere. */
export function problemWords(code: string): string {
  return PROBLEMS[code] ?? 'That took too long or was interrupted. Try again.';
}
