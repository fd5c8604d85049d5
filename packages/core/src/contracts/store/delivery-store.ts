import type { Delivery, DeliveryStatus } from "../../delivery/delivery.js";
import type { Page, PageQuery } from "../page.js";

export interface ClaimQuery {
  /** Names of the notifiers the caller can serve. */
  notifiers: readonly string[];
  /** Who claims: unique per process. */
  owner: string;
  now: number;
  /** Until when nobody else may claim them, epoch milliseconds. */
  leaseUntil: number;
  /** At most so many batches; a delivery without a bundle is one. */
  limit: number;
}

/** So many deliveries are told in one message at most; more of a bundle make the next batch. */
export const maxBatchDeliveries = 100;

export interface DeliveryQuery extends PageQuery {
  notifier?: string;
  status?: DeliveryStatus;
}

/** How many deliveries a notifier has. */
export interface DeliveryCounts {
  notifier: string;
  pending: number;
  delivered: number;
  dead: number;
}

/** The outbox. A lease keeps two processes from sending the same delivery; it ends by itself if its owner dies. */
export interface DeliveryStore {
  /**
   * Leases pending deliveries that are due and under no lease, and counts up their `attempts`. Atomic: no
   * delivery goes to two owners. Oldest first.
   *
   * - **Batches.** A delivery with a `bundle` is claimed together with all others of its notifier and bundle that are due
   *   and free, at most {@link maxBatchDeliveries}, and they are sealed: `batch`, the id of the oldest, is theirs for ever.
   *   Sealed ones are only claimed all together. Members of a batch stand one after the other in the answer.
   * - **Order.** A delivery with an `order` is not claimed while an older pending one of its notifier and order is leased
   *   or not due yet, and not without those older ones. Several of one order may be in one answer, the oldest first, whatever
   *   they are due: then the caller keeps to it.
   */
  claim(query: ClaimQuery): Promise<Delivery[]>;
  /**
   * Marks deliveries delivered, keeps what the receiver gave for them, and ends their lease, in one transaction. Answers how
   * many of them the caller still held; the others are left as they are.
   */
  delivered(ids: readonly string[], owner: string, now: number, receipt?: string): Promise<number>;
  /**
   * Ends the lease of deliveries that failed; due again at `retryAt`, or dead without it. One transaction, and the answer as
   * above.
   */
  failed(
    ids: readonly string[],
    owner: string,
    failure: { error: string; retryAt?: number },
  ): Promise<number>;
  /** Ends the lease of deliveries that were not tried, and takes back the attempt. One transaction, and the answer as above. */
  release(ids: readonly string[], owner: string): Promise<number>;
  /** Makes pending deliveries of a bundle that are in no batch due now, if they are due later. Answers how many. */
  hasten(bundle: string, now: number): Promise<number>;
  /** Makes a dead delivery, with all of its batch, pending and due, its attempts 0. `false` if there is no such one. */
  revive(id: string, now: number): Promise<boolean>;
  /** The last made of a notifier and bundle, whatever became of it. */
  newest(notifier: string, bundle: string): Promise<Delivery | undefined>;
  /** Deliveries of a detection, in the order they were made. */
  list(detectionId: string): Promise<Delivery[]>;
  /** Deliveries, the last made first. */
  find(query?: DeliveryQuery): Promise<Page<Delivery>>;
  /** Of each notifier that ever had one, by name. */
  counts(): Promise<DeliveryCounts[]>;
}
