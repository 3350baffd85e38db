/** What the link of a mail carries behind its `#`: no server sees it. */
export interface MailedLink {
  tokenHash: string;
  type: string;
}

export function readMailedLink(hash: string): MailedLink | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const tokenHash = fields.get('token_hash');
  return tokenHash ? { tokenHash, type: fields.get('type') ?? 'signup' } : null;
}

interface Words {
  title: string;
  description: string;
  button: string;
  /** Where a new link is asked for when this one is used up. */
  again: string;
}

const CONFIRMATION: Words = {
  title: 'Confirm your e-mail',
  description: 'One tap, and you are in.',
  button: 'Confirm my e-mail',
  again: '/check-email',
};

const WORDS: Readonly<Record<string, Words>> = {
  magiclink: {
    title: 'Sign in',
    description: 'One tap, and you are in.',
    button: 'Sign in',
    again: '/sign-in',
  },
  recovery: {
    title: 'You asked for a new password',
    description: 'This link signs you in; then you choose it.',
    button: 'Go on',
    again: '/forgot-password',
  },
  email_change: {
    title: 'Confirm your new e-mail',
    description: 'The change counts once the links in both mails were opened.',
    button: 'Confirm the change',
    again: '/account',
  },
};

export function linkWords(type: string): Words {
  return WORDS[type] ?? CONFIRMATION;
}
