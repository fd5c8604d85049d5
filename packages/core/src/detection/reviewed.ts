import type { Detection } from "./detection.js";
import type { Review } from "./review.js";

/** The detection after a review: for stores. */
export function reviewed({ suppressionId: _, ...detection }: Detection, review: Review): Detection {
  const { status, suppressionId } = review;
  return {
    ...detection,
    status,
    reviews: [...(detection.reviews ?? []), review],
    ...(status === "suppressed" && suppressionId !== undefined ? { suppressionId } : {}),
  };
}
