/** The record of telling one detection through one notifier. */
export interface Delivery {
  /** `detection id:notifier name`: also the idempotency key that the receiver sees. */
  id: string;
  detectionId: string;
  notifier: string;
  status: "pending" | "delivered" | "dead";
  /** Not to be tried before this time, epoch milliseconds. */
  dueAt: number;
  /** How often sending was begun. */
  attempts: number;
  createdAt: number;
  deliveredAt?: number;
  /** Why the last attempt failed. */
  lastError?: string;
}

export function deliveryId(detectionId: string, notifier: string): string {
  return `${detectionId}:${notifier}`;
}
