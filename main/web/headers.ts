import type { MiddlewareHandler } from 'hono';

/**
 * Headers on every answer. Scripts come from this server only; pictures may also come from loopback,
 * where the sandbox's feed lives. Styles are inline because Mantine writes them so.
 */
export function securityHeaders(): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('x-content-type-options', 'nosniff');
    // Others get none; to ourselves a form must be able to say that it is ours: without a referrer its origin is `null`.
    c.header('referrer-policy', 'same-origin');
    c.header('x-frame-options', 'DENY');
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    if (c.req.path.startsWith('/api/')) c.header('cache-control', c.res.headers.get('cache-control') ?? 'no-store');
  };
}
