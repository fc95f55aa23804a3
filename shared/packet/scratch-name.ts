/** Prefix of the scratch folders; the id of their process follows. */
export const SCRATCH = 'uketsuke-upload-';
