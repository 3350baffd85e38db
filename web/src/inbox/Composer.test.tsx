// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '@/lib/failure';
import { useCompanyStore } from '@/session/companyStore';
import { useTwilio } from '@/settings/twilioStore';
import { Composer } from './Composer';
import type { Conversation } from './conversationModel';
import { openDrafts, setDraft, useDrafts } from './draftStore';
import { sendText } from './messageRepository';
import { openOutbox, useOutbox } from './outboxStore';

vi.mock('./messageRepository', () => ({ sendText: vi.fn(), hasText: vi.fn() }));
vi.mock('@/session/session', () => ({
  getAccessToken: vi.fn(),
  renewAccessToken: vi.fn(),
  onTokenRenewed: vi.fn(),
}));

const CONVERSATION: Conversation = {
  id: 'c',
  version: 1,
  ourNumber: '+13035550100',
  ourNumberLabel: 'Main line',
  theirNumber: '+13035550142',
  contactId: null,
  contactName: 'Rosa Delgado',
  contactType: 'customer',
  unreadCount: 0,
  lastMessageAt: '2026-11-24T19:00:00+00:00',
  lastMessageBody: null,
  lastMessageDirection: null,
  lastMessageStatus: null,
  optedOut: false,
  createdAt: '2026-11-24T19:00:00+00:00',
};

function show(parts: Partial<Conversation> = {}, areas = ['inbox', 'settings']) {
  const company = {
    userId: 'u',
    displayName: 'Dana',
    tenantId: 't',
    name: 'Ridgeline',
    country: 'US',
    currency: 'USD',
    timeZone: 'America/Denver',
    locale: 'en-US',
    role: 'owner' as const,
    areas,
    topics: [],
  };
  useCompanyStore.setState({ status: 'ready', company });
  const ui = (
    <MemoryRouter>
      <Composer conversation={{ ...CONVERSATION, ...parts }} />
    </MemoryRouter>
  );
  render(ui);
  return screen.getByLabelText<HTMLTextAreaElement>('Text to Rosa Delgado');
}

const sentBodies = () => vi.mocked(sendText).mock.calls.map(([item]) => item.body);

describe('Composer', () => {
  beforeEach(() => {
    vi.resetAllMocks();
    vi.mocked(sendText).mockResolvedValue();
    openDrafts('u');
    openOutbox('u', 't');
    setDraft('c', '');
    const settings = {
      accountSidLast4: '0001',
      authTokenLast4: '0001',
      hasNextAuthToken: false,
      verifiedAt: '',
    };
    useTwilio.setState({ status: 'ready', settings, failure: null });
  });

  it('sends with Enter and empties the box', async () => {
    const box = show();
    await userEvent.type(box, 'On our way{Enter}');
    expect(sentBodies()).toEqual(['On our way']);
    expect(box.value).toBe('');
  });

  it('breaks the line with Shift and Enter', async () => {
    const box = show();
    await userEvent.type(box, 'One{Shift>}{Enter}{/Shift}two');
    expect(box.value).toBe('One\ntwo');
    expect(sentBodies()).toEqual([]);
  });

  it('sends nothing that is blank', async () => {
    const box = show();
    await userEvent.type(box, '   {Enter}');
    expect(sentBodies()).toEqual([]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  it('keeps what was written for the next visit', async () => {
    await userEvent.type(show(), 'Half a tho');
    openDrafts('u');
    expect(useDrafts.getState().drafts.c).toBe('Half a tho');
  });

  it('says why an opted-out number cannot be texted, and offers a call', () => {
    const box = show({ optedOut: true });
    expect(box.disabled).toBe(true);
    expect(screen.getByText(/They replied STOP/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Call' }).getAttribute('href')).toBe('tel:+13035550142');
  });

  it('leads an owner to the Twilio settings while texting is not set up', () => {
    useTwilio.setState({ status: 'ready', settings: null, failure: null });
    expect(show().disabled).toBe(true);
    expect(screen.getByRole('link', { name: 'Connect Twilio' }).getAttribute('href')).toBe(
      '/settings/twilio',
    );
  });

  it("shows the database's reason with the refused text back in the box", async () => {
    vi.mocked(sendText).mockRejectedValue(
      new Failure('refused', 'That was a lot of texts at once.', 'too_fast'),
    );
    const box = show();
    await userEvent.type(box, 'On our way{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('That was a lot of texts at once.');
    expect(box.value).toBe('On our way');
    expect(useOutbox.getState().items).toEqual([]);
  });
});
