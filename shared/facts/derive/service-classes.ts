/** The classes of the services of a plan or a month, each once. */
export const classesOf = (services: { class: string }[]): string[] => [
  ...new Set(services.map((service) => service.class)),
];
