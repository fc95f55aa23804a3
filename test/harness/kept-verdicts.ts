import type { IntakeDependencies } from '../../functions/intake/dependencies.ts';
import type { OcrTexts } from '../../shared/documents/ocr/ocr-text.ts';
import { decideOpened, type PlacedVerdict } from '../../shared/flow.ts';

const verdicts = new Map<string, string[]>();

/**
 * The domain, with the verdicts of an upload cached by its bytes and its days: the same upload is decided hundreds of
 * times, always with the same result, unless it asks for an OCR text, which may have been read meanwhile, or the records
 * hold papers of the same month. Everything
 * around the decision runs each time.
 */
export const kept: IntakeDependencies['domain'] = async () => ({
  ...(await import('../../shared/flow.ts')),
  ...(await import('../../shared/split/find-packet.ts')),
  ...(await import('../../shared/packet/open-upload.ts')),
  ...(await import('../../shared/decision/upload-verdict.ts')),
  ...(await import('../../shared/decision/with-rivals.ts')),
  ...(await import('../../shared/decision/reviewed.ts')),
  decideOpened: async function* (upload, desk) {
    const key = JSON.stringify([
      upload.digest,
      upload.name,
      desk.today,
      desk.received,
      desk.sender,
      desk.overtaken,
    ]);
    let known = verdicts.get(key);
    if (!known) {
      known = [];
      let isAsked = false;
      const scans: OcrTexts = {
        get: (digest) => {
          isAsked = true;
          return desk.ocrTexts!.get(digest);
        },
        put: (text) => desk.ocrTexts!.put(text),
      };
      const claimantsOf: typeof desk.claimantsOf = async (...of) => {
        const claimants = (await desk.claimantsOf?.(...of)) ?? [];
        isAsked ||= claimants.length > 0;
        return claimants;
      };
      for await (const placed of decideOpened(upload, { ...desk, ocrTexts: scans, claimantsOf }))
        known.push(JSON.stringify(placed));
      if (!isAsked) verdicts.set(key, known);
    }
    for (const placed of known) yield JSON.parse(placed) as PlacedVerdict;
  },
});

export const redaction: IntakeDependencies['redaction'] = async () => ({
  ...(await import('../../shared/packet/zip/byte-source.ts')),
  ...(await import('../../shared/packet/zip/redact-zip.ts')),
  ...(await import('../../shared/packet/upload-limits.ts')),
});
