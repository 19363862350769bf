import { z } from 'zod';

/** Meta's answer about a living token, as its page on debugging tokens describes it. */
export const inspectionSchema = z.object({
  data: z.object({
    is_valid: z.literal(true),
    scopes: z.array(z.string()),
    granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(z.string()).nullish() })).catch([]),
    user_id: z.string().min(1).optional().catch(undefined),
  }),
});

/** What a person allowed an app. */
export interface Granted {
  scopes: string[];
  userId: string | null;
  /** Pages that a Page scope was granted for by name. */
  pageIds: string[];
  allows(scope: string, page: { id: string; instagramId: string | null }): boolean;
}

/** A scope without `target_ids` holds for everything of the person; with them, for those objects only. */
export function grantedBy({
  scopes,
  granular_scopes: granular,
  user_id: userId,
}: Omit<z.infer<typeof inspectionSchema>['data'], 'is_valid'>): Granted {
  const targets = new Map(granular.map(({ scope, target_ids }) => [scope, target_ids ?? null]));
  const pageScopes = ['pages_show_list', 'pages_manage_posts'];
  return {
    scopes,
    userId: userId ?? null,
    pageIds: [...new Set(pageScopes.flatMap((scope) => targets.get(scope) ?? []))],
    allows: (scope, page) => {
      // The targets of any other scope are no Pages.
      const ids = /^(pages|instagram)_/.test(scope) ? (targets.get(scope) ?? null) : null;
      return scopes.includes(scope) && (ids === null || ids.includes(page.id) || ids.includes(page.instagramId ?? ''));
    },
  };
}
