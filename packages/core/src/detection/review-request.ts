import { z } from "zod";
import { firstProblem } from "../events/parse-events.js";
import { StraycallError } from "../straycall-error.js";
import type { DetectionStatus } from "./review.js";

/** What a person does with a detection. */
export interface ReviewRequest {
  action: "acknowledge" | "resolve" | "reopen";
  /** Who, 1 to 200 characters. */
  by: string;
  /** At most 2,000 characters. */
  note?: string;
}

const requestSchema = z.strictObject({
  action: z.enum(["acknowledge", "resolve", "reopen"]),
  by: z.string().trim().min(1).max(200),
  note: z.string().trim().max(2_000).optional(),
});

export const statusAfter: Record<ReviewRequest["action"], DetectionStatus> = {
  acknowledge: "acknowledged",
  resolve: "resolved",
  reopen: "new",
};

/** Throws StraycallError CONFIG_INVALID naming the field. */
export function parseReview(given: unknown): ReviewRequest {
  const parsed = requestSchema.safeParse(given);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw new StraycallError("CONFIG_INVALID", `the review's ${field || "value"}: ${message}`, {
      field,
    });
  }
  const { note, ...request } = parsed.data;
  return note === undefined || note === "" ? request : { ...request, note };
}
