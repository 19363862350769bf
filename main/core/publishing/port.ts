/** What the rest of the core asks of publishing. */
export interface Publishing {
  /** Something due may have changed: look again at once. */
  wake(): void;
  /**
   * A person's answer about a target whose outcome could not be told: it is live, it is not (send it
   * again), or leave it. @throws {NotFound} @throws {Conflict}
   */
  resolve(input: {
    postId: string;
    targetId: string;
    resolution: 'published' | 'send_again' | 'drop';
    remoteId?: string;
    actor: string;
  }): Promise<void>;
}
