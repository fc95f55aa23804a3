import { expect, it } from 'vitest';
import { app } from '../../../functions/api/app.ts';
import { API_ROUTES } from '../../../infra/api-routes.ts';

/** `/review/:id/claim` is reached through `/review/{id}/{act}`. */
const reaches = (path: string, route: string): boolean => {
  const [asked, parts] = [route.split('/'), path.split('/')];
  return asked.length === parts.length && asked.every((part, n) => part.startsWith('{') || part === parts[n]);
};

it('lets every route of the API through the gateway', () => {
  const closed = app.routes
    .filter(({ method }) => method !== 'ALL')
    .filter(({ method, path }) => !API_ROUTES.some((one) => one.method === method && reaches(path, one.path)))
    .map(({ method, path }) => `${method} ${path}`);
  expect(closed).toEqual([]);
});
