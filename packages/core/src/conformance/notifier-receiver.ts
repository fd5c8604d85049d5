/** A message as it reached the other end. */
export interface ReceivedMessage {
  /** What a person can read of it: decoded, all parts and headers that are shown. */
  text: string;
  /** What tells a repeat from another message: the idempotency key, or what was made of it. */
  key: string;
}

/**
 * The other end of a notifier, for the conformance suite to look at: a real server that speaks the real protocol,
 * on this machine.
 */
export interface NotifierReceiver {
  /** Everything accepted so far, oldest first. */
  messages(): Promise<ReceivedMessage[]>;
  /** From now on, take what comes: how it begins. */
  accept(): void;
  /** From now on, refuse what comes, as the protocol refuses. */
  refuse(): void;
  /** From now on, take connections and never answer. */
  stall(): void;
  close(): Promise<void>;
}
