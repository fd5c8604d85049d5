import { utcTime, visibleText } from "@straycall/core";
import type { ApiToken } from "../access/api-tokens.js";
import { Layout } from "./layout.js";

export interface TokensPageProps {
  tokens: readonly ApiToken[];
  /** The text of one that was just made. */
  made?: string;
  problem?: string;
}

/** Tokens for agents and programs. */
export function TokensPage({ tokens, made, problem }: TokensPageProps) {
  return (
    <Layout title="Tokens" section="settings">
      <p class="crumb">
        <a href="/settings">Settings</a> / Tokens
      </p>
      <h1>Tokens</h1>
      <p class="lead">
        A token lets an agent send events of some repositories, or a program or a person read them.
        Only its hash is kept.
      </p>
      {made && (
        <section class="note" role="status">
          <p>This is the token. It is shown here and never again:</p>
          <pre tabindex={0}>
            <code>{made}</code>
          </pre>
        </section>
      )}
      {problem && (
        <p class="note" role="alert">
          {visibleText(problem, 500)}
        </p>
      )}
      <form method="post" action="/tokens" class="form columns">
        <label>
          For whom or what
          <input name="name" required maxlength={100} />
        </label>
        <label>
          May
          <select name="right">
            <option value="ingest">send events</option>
            <option value="read">read</option>
          </select>
        </label>
        <label class="wide">
          Repositories, a line for each: OWNER/NAME, OWNER/*, or * for all
          <textarea name="repositories" required rows={3} maxlength={20_000} />
        </label>
        <p class="actions">
          <button type="submit">Make a token</button>
        </p>
      </form>
      {tokens.length > 0 && <TokensTable tokens={tokens} />}
    </Layout>
  );
}

function TokensTable({ tokens }: { tokens: readonly ApiToken[] }) {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Token</th>
          <th scope="col">May</th>
          <th scope="col">Repositories</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map(({ id, name, right, repositories, createdAt, createdBy, endedAt, endedBy }) => (
          <tr>
            <th scope="row">
              {visibleText(name, 100)}
              <span class="minor">
                made by {visibleText(createdBy, 100)}, {utcTime(createdAt)}
              </span>
            </th>
            <td data-label="May">{right === "ingest" ? "send events" : "read"}</td>
            <td data-label="Repositories">{visibleText(repositories.join(", "), 600)}</td>
            <td data-label="Status">
              {endedAt === undefined ? (
                <form method="post" action={`/tokens/${encodeURIComponent(id)}/end`}>
                  <button type="submit">End it</button>
                </form>
              ) : (
                <>
                  ended
                  <span class="minor">
                    by {visibleText(endedBy ?? "", 100)}, {utcTime(endedAt)}
                  </span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
