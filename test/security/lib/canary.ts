import { cp932 } from '../../builders/cp932.ts';

/** A person who does not exist, so that no trace can occur by accident. */
export const CANARY = {
  name: '金糸雀 茂左衛門',
  kana: 'キンシジャク モザエモン',
  romaji: 'kinshijaku-mozaemon',
  number: '0000777124',
  address: '架空県鳴鳥市囀り町九丁目九九番地',
  telephone: '099-8877-6655',
  text: '庭の柿の木で鳴くのを楽しみにしている',
} as const;

/** Every form of a text in a line: as it is, for an address, escaped, in base64, as bytes. */
function disguises(text: string): string[] {
  const bare = text.replace(/\s/g, '');
  const escaped = [...bare].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  // Base64 looks different for each place within three bytes; the edges depend on the neighbours and are left out.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
      .toString('base64')
      .slice(4, -4),
  );
  const bytes = [Buffer.from(text), cp932(text)];
  return [
    text,
    bare,
    encodeURIComponent(text),
    escaped,
    ...base64,
    ...bytes.flatMap((b) => [b.toString('hex'), b.toString('latin1')]),
  ];
}

const TRACES = Object.entries(CANARY).flatMap(([what, text]) =>
  [text, ...(what === 'number' || what === 'romaji' ? [] : text.split(' '))].flatMap((part) =>
    disguises(part)
      .filter((trace) => trace.length >= 2)
      .map((trace) => ({ what, trace: trace.toLowerCase() })),
  ),
);

/** The names of the parts of the canary that a text contains. */
export function tracesIn(text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set(TRACES.filter(({ trace }) => lower.includes(trace)).map(({ what }) => what))];
}
