import type { Change } from '@/database/changeModel';
import { onChange } from '@/database/changes';
import { addRefresher } from '@/database/freshness';
import { announce } from '@/lib/announcer';
import { DecodeError } from '@/lib/decode';
import type { Company } from '@/session/companyModel';
import { nameOf } from './conversationModel';
import { hearConversation, refreshConversations, useConversations } from './conversationStore';
import { openDrafts } from './draftStore';
import { flushOutbox, openOutbox } from './outboxStore';
import type { ThreadEntry } from './threadModel';
import { hearEntry } from './threadStore';

/** Keeps the inbox true while the person is here, on whatever page; returns the function that stops it. */
export function startInbox(company: Company): () => void {
  openDrafts(company.userId);
  openOutbox(company.userId, company.tenantId);
  void refreshConversations();
  const stops = [
    onChange('conversation_list', (change) => void hearing(hearConversation, change)),
    onChange('thread_entries', (change) => {
      const entry = hearing(hearEntry, change);
      if (entry && change.operation === 'insert') announceText(entry, company);
    }),
    addRefresher(refreshConversations),
    addRefresher(flushOutbox),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** An event whose row this build cannot read still says that something changed. */
function hearing<Row>(hear: (change: Change) => Row | null, change: Change): Row | null {
  try {
    return hear(change);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return hear({ ...change, row: null });
  }
}

function announceText(entry: ThreadEntry, company: Company): void {
  if (entry.kind !== 'sms' || entry.direction !== 'inbound') return;
  const rows = useConversations.getState().window.rows;
  const conversation = rows.find((row) => row.id === entry.conversationId);
  const sender = conversation ? nameOf(conversation, company.country) : 'somebody new';
  announce(`New text from ${sender}: ${entry.body}`);
}
