/** IANA zones for a list, those of the United States first. */
export interface ZoneGroup {
  label: string;
  zones: { id: string; label: string }[];
}

const UNITED_STATES: readonly (readonly [string, string])[] = [
  ['America/New_York', 'Eastern (New York)'],
  ['America/Chicago', 'Central (Chicago)'],
  ['America/Denver', 'Mountain (Denver)'],
  ['America/Phoenix', 'Arizona (Phoenix)'],
  ['America/Los_Angeles', 'Pacific (Los Angeles)'],
  ['America/Anchorage', 'Alaska (Anchorage)'],
  ['Pacific/Honolulu', 'Hawaii (Honolulu)'],
];

/** `guess` is in the list even when the browser does not name it among its zones. */
export function groupZones(guess: string): ZoneGroup[] {
  const first = new Set(UNITED_STATES.map(([id]) => id));
  const others = new Set([...Intl.supportedValuesOf('timeZone'), guess]);
  return [
    { label: 'United States', zones: UNITED_STATES.map(([id, label]) => ({ id, label })) },
    {
      label: 'Everywhere else',
      zones: [...others]
        .filter((id) => !first.has(id))
        .sort()
        .map((id) => ({ id, label: id.replaceAll('_', ' ').replaceAll('/', ' / ') })),
    },
  ];
}
