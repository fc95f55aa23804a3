/** The data folder of --data, of the environment, or the default. An empty variable is one that is not set. */
export const dataFolder = (option?: string): string => option || process.env.UKETSUKE_DATA || '.uketsuke';
