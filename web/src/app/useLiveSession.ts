import { useEffect } from 'react';
import { onChange } from '@/database/changes';
import { watchFreshness } from '@/database/freshness';
import { LiveFeed } from '@/database/liveFeed';
import { startInbox } from '@/inbox/inboxSession';
import { mayReadInbox, type Company } from '@/session/companyModel';
import { loadCompany } from '@/session/companyStore';

/** Keeps the page live for as long as the person works in this company with this access. */
export function useLiveSession(company: Company): void {
  useEffect(() => {
    const stopInbox = mayReadInbox(company) ? startInbox(company) : () => undefined;
    const feed = new LiveFeed(company.topics, () => void loadCompany());
    const stopWatching = watchFreshness();
    const stopCompany = onChange('tenants', () => void loadCompany());
    return () => {
      stopCompany();
      stopWatching();
      feed.stop();
      stopInbox();
    };
  }, [company]);
}
