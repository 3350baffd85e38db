import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { readQuery, writeQuery, type ListQuery } from './listModel';

interface AddressedQuery {
  query: ListQuery;
  /** Shows another list; `replace` for what is still being typed, so that "back" leaves the page. */
  show: (query: ListQuery, replace?: boolean) => void;
}

/** The list that the address asks for. */
export function useListQuery(): AddressedQuery {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const address = search.toString();
  const query = useMemo(() => readQuery(new URLSearchParams(address)), [address]);
  const show = useCallback(
    (next: ListQuery, replace = false) => void navigate(addressOf(next), { replace }),
    [navigate],
  );
  return { query, show };
}

export function addressOf(query: ListQuery): string {
  const search = writeQuery(query);
  return search === '' ? '/contacts' : `/contacts?${search}`;
}
