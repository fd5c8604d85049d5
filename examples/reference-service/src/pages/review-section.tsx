import { type Detection, type Review, utcTime, visibleText } from "@straycall/core";
import { useContext } from "hono/jsx";
import { may } from "../access/access.js";
import { detectionPath } from "../page-links.js";
import { SignedIn } from "./signed-in.js";

const done: Record<Review["action"], string> = {
  acknowledge: "Acknowledged",
  resolve: "Resolved",
  reopen: "Opened again",
  suppress: "Suppressed",
  unsuppress: "No longer suppressed",
};

/** What became of a detection, and what can be done with it. */
export function ReviewSection({ detection }: { detection: Detection }) {
  const access = useContext(SignedIn);
  const { reviews = [], id } = detection;
  const path = detectionPath(id);
  return (
    <section>
      <h2 id="decide">Decide</h2>
      {reviews.length === 0 ? (
        <p>Nobody has looked at it yet. Until then nothing looks more normal because of it.</p>
      ) : (
        <ol class="history">
          {reviews.map((review) => (
            <li>
              <strong>{done[review.action]}</strong> by {visibleText(review.by, 200)},{" "}
              {utcTime(review.at)}
              {review.note && <span class="minor">{visibleText(review.note, 2_000)}</span>}
            </li>
          ))}
        </ol>
      )}
      {access === undefined || !may(access, "admin") ? (
        <p>Who signs in with the admin token can acknowledge, resolve or suppress it.</p>
      ) : (
        <form method="post" action={`${path}/review`} class="form">
          <label>
            Note
            <input name="note" maxlength={2_000} />
          </label>
          <p class="actions">
            <button type="submit" name="action" value="acknowledge">
              Acknowledge
            </button>
            <button type="submit" name="action" value="resolve">
              Resolve
            </button>
            <button type="submit" name="action" value="reopen">
              Open again
            </button>
            <a href={`/suppressions/new?detection=${encodeURIComponent(id)}`}>Suppress …</a>
          </p>
        </form>
      )}
    </section>
  );
}
