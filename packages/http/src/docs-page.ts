import { Router } from 'express';
import { writeHead } from './head.ts';
import { openApiDocument } from './openapi.ts';
import { docsHtml } from './docs-html.ts';
import { DOCS_CSS } from './docs-style.ts';

/** The description of the surface: for programs at `/openapi.json`, for people at `/docs`. */
export function docsRoutes(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const texts = new Map<string, { readonly type: string; make(): string }>([
    ['/openapi.json', { type: 'application/json; charset=utf-8', make: () => JSON.stringify(openApiDocument()) }],
    ['/docs', { type: 'text/html; charset=utf-8', make: () => docsHtml(openApiDocument()) }],
    ['/docs.css', { type: 'text/css; charset=utf-8', make: () => DOCS_CSS }],
  ]);
  for (const [path, { type, make }] of texts) {
    let text: string | undefined;
    router.get(path, (_, response) => {
      text ??= make();
      writeHead(response, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
      response.end(text);
    });
  }
  return router;
}
