import { join } from 'node:path';
import express, { Router } from 'express';
import { setCommonHeaders } from './head.ts';

const YEAR_S = 31_536_000;

/** Serves the built page: files with a hash in their name for ever, the page itself asked for anew each time. */
export function serveDashboard(folder: string): Router {
  const router = Router();
  const assets = express.static(folder, {
    index: false,
    redirect: false,
    etag: true,
    setHeaders(response, path) {
      const isHashed = path.startsWith(join(folder, 'assets'));
      response.setHeader('Cache-Control', isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
  router.use((_, response, next) => {
    setCommonHeaders(response);
    next();
  }, assets);
  router.get('/{*page}', (request, response, next) => {
    // Addresses within the page are the page's own, for who asks for a page; those of the API are not.
    const isPage = request.path === '/' ? request.accepts('html') !== false : (request.get('accept') ?? '').includes('text/html');
    if (request.path.startsWith('/api/') || !isPage) {
      next();
      return;
    }
    response.sendFile('index.html', { root: folder, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } }, (error) => {
      if (error !== undefined && !response.headersSent) next();
    });
  });
  return router;
}
