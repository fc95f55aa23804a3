/** The data folder of --data, of the environment, or the default. */
export const dataFolder = (option?: string): string => option ?? process.env.UKETSUKE_DATA ?? '.uketsuke';
