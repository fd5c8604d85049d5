import { type Delivery, visibleText } from "@straycall/core";
import { detectionPath } from "../page-links.js";

/** Deliveries that were given up, why, and a way to try them again. */
export function DeadDeliveries({ dead }: { dead: readonly Delivery[] }) {
  if (dead.length === 0) return null;
  return (
    <section>
      <h2>Given up</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Detection</th>
            <th scope="col">Notifier</th>
            <th scope="col">Why</th>
            <th scope="col">Again</th>
          </tr>
        </thead>
        <tbody>
          {dead.map(({ id, detectionId, notifier, lastError }) => (
            <tr>
              <th scope="row">
                <a href={detectionPath(detectionId)}>{visibleText(detectionId, 100)}</a>
              </th>
              <td data-label="Notifier">{visibleText(notifier, 64)}</td>
              <td data-label="Why">{visibleText(lastError ?? "", 500)}</td>
              <td data-label="Again">
                <form
                  method="post"
                  action={`/settings/deliveries/${encodeURIComponent(id)}/revive`}
                >
                  <button type="submit">Try again</button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
