import { type Page, type Suppression, utcTime, visibleText } from "@straycall/core";
import { Layout } from "./layout.js";
import { Pager } from "./pager.js";

export interface SuppressionsPageProps {
  rules: Page<Suppression>;
  who: string | undefined;
  now: number;
}

export function SuppressionsPage({ rules, who, now }: SuppressionsPageProps) {
  return (
    <Layout title="Suppressions" section="suppressions">
      <h1>Suppressions</h1>
      <p class="lead">
        Rules that keep detections quiet: what they match is recorded, shown as suppressed, and not
        told. None is ever removed.
      </p>
      <p>
        <a href="/suppressions/new">New rule</a>
      </p>
      {rules.items.length === 0 ? (
        <p class="empty">There is no rule.</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Matches</th>
              <th scope="col">Why</th>
              <th scope="col">Status</th>
              <th scope="col">History</th>
            </tr>
          </thead>
          <tbody>
            {rules.items.map((rule) => (
              <RuleRow rule={rule} who={who} now={now} />
            ))}
          </tbody>
        </table>
      )}
      <Pager path="/suppressions" next={rules.next} label="Earlier rules" />
    </Layout>
  );
}

function RuleRow({ rule, who, now }: { rule: Suppression; who: string | undefined; now: number }) {
  const isActive = statusOf(rule, now) === "Active";
  return (
    <tr>
      <th scope="row">
        <MatchText match={rule.match} />
      </th>
      <td data-label="Why">{visibleText(rule.reason, 2_000)}</td>
      <td data-label="Status">
        <span class={`mark ${isActive ? "blue" : "grey"}`}>{statusOf(rule, now)}</span>
        {rule.expiresAt !== undefined && <span class="minor">until {utcTime(rule.expiresAt)}</span>}
        {isActive && who !== undefined && (
          <form method="post" action={`/suppressions/${encodeURIComponent(rule.id)}/end`}>
            <button type="submit">End it</button>
          </form>
        )}
      </td>
      <td data-label="History">
        {rule.history.map(({ at, by, what }) => (
          <span class="minor">
            {visibleText(what, 200)} {visibleText(by, 200)}, {utcTime(at)}
          </span>
        ))}
      </td>
    </tr>
  );
}

function statusOf({ endedAt, expiresAt }: Suppression, now: number): string {
  if (endedAt !== undefined) return "Ended";
  return expiresAt !== undefined && expiresAt <= now ? "Expired" : "Active";
}

/** What a rule matches, field by field. */
function MatchText({ match }: { match: Suppression["match"] }) {
  return (
    <>
      {Object.entries(match).map(([field, value]) => (
        <span class="match">
          {field} <code>{visibleText(String(value), 512)}</code>
        </span>
      ))}
    </>
  );
}
