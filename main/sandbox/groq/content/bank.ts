/** One ready post, in the wordings that different networks and repeated requests need. No digits, links, handles or prices. */
export interface BankPost {
  topic: string;
  angle: string;
  hook: string;
  /** Two or three sentences that follow the hook. */
  body: string;
  /** One or two sentences more, for networks where people read longer. */
  more: string;
  /** The same thought in one breath, for video captions; worded differently from `body`. */
  short: string;
  /** A question or remark for the first comment. */
  comment: string;
  /** Hashtags without the sign. */
  tags: string[];
  /** What the picture shows, as a noun phrase without a final stop. */
  scene: string;
}

/** The phrases of one kind of business. */
export interface Bank {
  theme: string;
  /** Words in a client's brand data that point to this theme. */
  hints: RegExp;
  /** How the business calls itself when the brand data gives no name. */
  place: string;
  /** Hashtags that fit every post, without the sign. */
  tags: string[];
  /** Friendly last lines. */
  closings: string[];
  /** First lines for a second wording of a post. */
  openers: string[];
  posts: BankPost[];
}
