import { useEffect } from 'react';
import { create } from 'zustand';
import { answerOf } from '@/database/answers';
import { onChange } from '@/database/changes';
import { getClient } from '@/database/client';
import { useRefresher } from '@/database/freshness';
import { asList } from '@/lib/decode';
import { onSessionEnd } from '@/session/sessionStore';
import { decodeCustomField, type CustomField } from './customFieldModel';
import { decodeTag, type Tag } from './tagModel';

/** The company's tags and custom fields, which several screens need at once. */
interface Vocabulary {
  tags: readonly Tag[];
  fields: readonly CustomField[];
}

const START: Vocabulary = { tags: [], fields: [] };

export const useVocabulary = create<Vocabulary>(() => START);

async function refreshVocabulary(): Promise<void> {
  try {
    const client = getClient();
    const [tags, fields] = await Promise.all([
      answerOf(client.from('tags').select('id, name, color').order('name')),
      answerOf(
        client.from('custom_fields').select('*').eq('entity', 'contact').order('position').order('label'),
      ),
    ]);
    useVocabulary.setState({ tags: asList(tags, decodeTag), fields: asList(fields, decodeCustomField) });
  } catch (error) {
    // Rows show without them, and the next look tries again.
    console.warn('could not load tags and custom fields', error);
  }
}

/** Keeps the vocabulary fresh while a screen that shows it is open. */
export function useLiveVocabulary(): void {
  useRefresher(refreshVocabulary);
  useEffect(() => {
    void refreshVocabulary();
    const stops = ['tags', 'custom_fields'].map((table) => onChange(table, () => void refreshVocabulary()));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

onSessionEnd(() => useVocabulary.setState(START));
