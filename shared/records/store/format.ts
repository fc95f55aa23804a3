/**
 * Format of the stored records: names of tables, keys, events and attributes. It goes up by one with every change that
 * the code before could not read; a data folder of another format is refused, never converted.
 */
export const RECORD_FORMAT = 10;
