import { type NotifierState, utcTime, visibleText } from "@straycall/core";

/** What each notifier has told, and a way to try it. */
export function NotifiersTable({ notifiers }: { notifiers: readonly NotifierState[] }) {
  return (
    <section>
      <h2>Notifiers</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Notifier</th>
            <th scope="col">State</th>
            <th scope="col">Delivered</th>
            <th scope="col">Pending</th>
            <th scope="col">Given up</th>
            <th scope="col">Try it</th>
          </tr>
        </thead>
        <tbody>
          {notifiers.map(({ notifier, delivered, pending, dead, pausedUntil, isMissing }) => (
            <tr>
              <th scope="row">{visibleText(notifier, 64)}</th>
              <td data-label="State">
                {isMissing
                  ? "Not set up any more"
                  : pausedUntil === undefined
                    ? "Ready"
                    : `Left alone until ${utcTime(pausedUntil)}`}
              </td>
              <td data-label="Delivered">{delivered}</td>
              <td data-label="Pending">{pending}</td>
              <td data-label="Given up">{dead}</td>
              <td data-label="Try it">
                {!isMissing && (
                  <form
                    method="post"
                    action={`/settings/notifiers/${encodeURIComponent(notifier)}/try`}
                  >
                    <button type="submit">Send a test message</button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
