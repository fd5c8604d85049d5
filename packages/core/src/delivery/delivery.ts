import type { Detection } from "../detection/detection.js";

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

/** Of a detection that was recorded just now: due at once. */
export function dueDelivery(
  { id, recordedAt }: Pick<Detection, "id" | "recordedAt">,
  notifier: string,
): Delivery {
  return {
    id: deliveryId(id, notifier),
    detectionId: id,
    notifier,
    status: "pending",
    dueAt: recordedAt,
    attempts: 0,
    createdAt: recordedAt,
  };
}

export function deliveryId(detectionId: string, notifier: string): string {
  return `${detectionId}:${notifier}`;
}
