/**
 * How many text messages a body becomes (3GPP TS 23.038 and 23.040): GSM-7 carries 160 characters alone or 153 in
 * each part, UCS-2 70 or 67 code units. A character never spans two parts.
 */
export type Encoding = 'GSM-7' | 'UCS-2';

export interface SegmentCount {
  encoding: Encoding;
  segments: number;
  /** Units (septets or UTF-16 code units) that still fit into the last segment. */
  remaining: number;
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
    'abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** These are sent as an escape and a second septet. */
const EXTENDED = new Set('\f^{}\\[~]|€');

const LIMITS: Record<Encoding, { alone: number; part: number }> = {
  'GSM-7': { alone: 160, part: 153 },
  'UCS-2': { alone: 70, part: 67 },
};

export function countSegments(body: string): SegmentCount {
  const characters = Array.from(body);
  const encoding = characters.every((c) => BASIC.has(c) || EXTENDED.has(c)) ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((c) => unitsOf(c, encoding));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = LIMITS[encoding];
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, remaining: alone - total };
  return { encoding, ...fillParts(sizes, part) };
}

function unitsOf(character: string, encoding: Encoding): number {
  if (encoding === 'UCS-2') return character.length;
  return EXTENDED.has(character) ? 2 : 1;
}

function fillParts(sizes: number[], capacity: number): { segments: number; remaining: number } {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { segments, remaining: capacity - used };
}
