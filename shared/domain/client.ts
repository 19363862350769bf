/** How far the agency is with a client, and whether it is written for. */
export const clientStatuses = ['onboarding', 'active', 'paused', 'archived'] as const;
export type ClientStatus = (typeof clientStatuses)[number];
