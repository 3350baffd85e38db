import { useEffect } from 'react';
import { create } from 'zustand';
import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text, textOrNull } from '@/lib/decode';
import { onSessionEnd } from '@/session/sessionStore';

/** Somebody of the company. */
export interface Member {
  userId: string;
  displayName: string;
  /** Whether they work there now: only then can something be given to them. */
  isActive: boolean;
}

const useMemberStore = create<{ members: readonly Member[] }>(() => ({ members: [] }));

/** Colleagues come and go rarely: they are asked for again when a screen opens after so long, in milliseconds. */
const FRESH = 60_000;
let askedAt = -Infinity;

async function loadMembers(): Promise<void> {
  if (performance.now() - askedAt < FRESH) return;
  askedAt = performance.now();
  try {
    const query = getClient().from('member_list').select('user_id, display_name, deactivated_at');
    const members = asList(await answerOf(query.order('display_name')), decodeMember);
    useMemberStore.setState({ members });
  } catch (error) {
    askedAt = -Infinity;
    console.warn('could not load colleagues', error);
  }
}

function decodeMember(value: unknown): Member {
  const row = asFields(value);
  return {
    userId: text(row, 'user_id'),
    displayName: text(row, 'display_name'),
    isActive: textOrNull(row, 'deactivated_at') === null,
  };
}

/** The company's people, also those who left: what they wrote stays theirs. */
export function useMembers(): readonly Member[] {
  useEffect(() => void loadMembers(), []);
  return useMemberStore((state) => state.members);
}

onSessionEnd(() => {
  askedAt = -Infinity;
  useMemberStore.setState({ members: [] });
});
