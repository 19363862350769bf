import type { NetworkCall } from '../core/ports/records.ts';
import type { Endpoints } from './context.ts';
import type { Http } from './http.ts';
import { usageIn } from './rate-gauge.ts';

/** Tells of each call to a network whose limit it counts for, whether it was answered well, and how full the limit is. */
export function countingCalls(http: Http, endpoints: Endpoints, note: (call: NetworkCall) => void): Http {
  return async (request, limits) => {
    const service = serviceOf(new URL(request.url).origin, endpoints);
    // Asking for the time carries no token and counts for nobody.
    if (service === null || request.method === 'HEAD') return http(request, limits);
    try {
      const response = await http(request, limits);
      note({ service, isFailed: response.status >= 400, busiestPercent: usageIn(response.headers)?.percent ?? null });
      return response;
    } catch (error) {
      note({ service, isFailed: true, busiestPercent: null });
      throw error;
    }
  };
}

function serviceOf(origin: string, endpoints: Endpoints): NetworkCall['service'] | null {
  const services = {
    meta: [endpoints.facebookGraph, endpoints.facebookVideo, endpoints.facebookRupload],
    instagram: [endpoints.instagramGraph, endpoints.instagramApi],
    tiktok: [endpoints.tiktokApi],
  } as const;
  for (const [service, origins] of Object.entries(services)) {
    if (origins.some((known) => new URL(known).origin === origin)) return service as NetworkCall['service'];
  }
  return null;
}
