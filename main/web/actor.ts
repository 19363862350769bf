/** Who asks: the person at the dashboard, or a script with the API token. */
export type Actor = 'owner' | 'api';

/** What requests carry through our pages. */
export type ServerEnv = { Variables: { actor: Actor } };
