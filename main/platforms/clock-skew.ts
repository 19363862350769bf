/** How far a network's clock may be behind ours, and its whole seconds may round down. */
export const clockSkewMs = 120_000;
