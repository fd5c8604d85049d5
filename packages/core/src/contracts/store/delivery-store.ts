import type { Delivery } from "../../delivery/delivery.js";

export interface ClaimQuery {
  /** Names of the notifiers the caller can serve. */
  notifiers: readonly string[];
  /** Who claims: unique per process. */
  owner: string;
  now: number;
  /** Until when nobody else may claim them, epoch milliseconds. */
  leaseUntil: number;
  limit: number;
}

/** The outbox. A lease keeps two processes from sending the same delivery; it ends by itself if its owner dies. */
export interface DeliveryStore {
  /**
   * Leases pending deliveries that are due and under no lease, and counts up their `attempts`. Atomic: no
   * delivery goes to two owners. Oldest first.
   */
  claim(query: ClaimQuery): Promise<Delivery[]>;
  /**
   * Marks a delivery delivered and ends its lease. `false` if the caller no longer holds it.
   */
  delivered(id: string, owner: string, now: number): Promise<boolean>;
  /** Ends the lease of a delivery that failed; due again at `retryAt`, or dead without it. `false` as above. */
  failed(id: string, owner: string, failure: { error: string; retryAt?: number }): Promise<boolean>;
  /** Deliveries of a detection, in the order they were made. */
  list(detectionId: string): Promise<Delivery[]>;
}
