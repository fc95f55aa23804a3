/** A ZIP (or any other single file an office sent) on disk, or a folder. `name` is what the office called it. */
export type UploadSource = { name: string; file: string } | { name: string; folder: string };
