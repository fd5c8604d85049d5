import { type Investigation, visibleText } from "@straycall/core";
import { bytesText } from "./amounts.js";
import { TimeOfDay } from "./moment.js";

const maxShown = 50;

/** What was asked, as far as it could be read. */
export function RequestsSection({ found: { requests, call } }: { found: Investigation }) {
  const { bytesOut, bytesIn, result, error } = call;
  return (
    <section>
      <h2 id="requests">What was asked</h2>
      {requests.length === 0 ? (
        <p class="empty">The requests could not be read, or there was none.</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Request</th>
              <th scope="col">Time (UTC)</th>
              <th scope="col">Host</th>
              <th scope="col">Of the kind</th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {requests
              .slice(0, maxShown)
              .map(({ time, method, host, path, route, status, bodyBytes }) => (
                <tr>
                  <th scope="row">
                    <code class="command">{visibleText(`${method} ${path}`, 600)}</code>
                  </th>
                  <td data-label="Time (UTC)">
                    <TimeOfDay time={time} />
                  </td>
                  <td data-label="Host">{visibleText(host ?? "–", 300)}</td>
                  <td data-label="Of the kind">
                    <code>{visibleText(`${method} ${route}`, 300)}</code>
                  </td>
                  <td data-label="Answer">
                    {status ?? "–"}
                    {bodyBytes !== undefined && (
                      <span class="minor">{bytesText(bodyBytes)} sent</span>
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      {requests.length > maxShown && (
        <p class="minor">{requests.length - maxShown} more on this connection.</p>
      )}
      <p>
        The connection: {result ?? "result unknown"}
        {error !== undefined && ` (${visibleText(error, 64)})`}
        {bytesOut !== undefined && `, ${bytesText(bytesOut)} out`}
        {bytesIn !== undefined && `, ${bytesText(bytesIn)} in`}.
      </p>
    </section>
  );
}
