import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Prefix of the scratch folders; the id of their process follows. */
export const SCRATCH = 'uketsuke-upload-';

/** A new scratch folder of this process. Its maker removes it; what a killed process leaves, functions/scratch.ts clears. */
export const scratchFolder = (): string => mkdtempSync(join(tmpdir(), `${SCRATCH}${process.pid}-`));
