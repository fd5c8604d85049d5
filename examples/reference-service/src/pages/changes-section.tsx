import {
  type ChangedCommit,
  type DependencyChange,
  type Investigation,
  utcTime,
  visibleText,
  webLink,
} from "@straycall/core";

const maxDependencies = 40;

/** What came into the repository since the run before. */
export function ChangesSection({ found: { changes } }: { found: Investigation }) {
  if (changes === undefined) {
    return (
      <section>
        <h2 id="changes">What changed</h2>
        <p class="empty">What changed in the repository is not known here.</p>
      </section>
    );
  }
  const { commits, from } = changes;
  const telling = commits.items.filter(isTelling);
  const others = commits.items.filter((commit) => !isTelling(commit));
  return (
    <section>
      <h2 id="changes">What changed</h2>
      {commits.items.length === 0 && (
        <p>
          Nothing in the repository: the run before was of the same commit. What changed came from
          outside.
        </p>
      )}
      {telling.map((commit) => (
        <CommitCard commit={commit} />
      ))}
      {others.length > 0 && (
        <details open={telling.length === 0}>
          <summary>
            {telling.length === 0 ? "Commits" : "Other commits"} since{" "}
            {visibleText((from ?? "the beginning").slice(0, 12), 20)}
          </summary>
          <ul>
            {others.map((commit) => (
              <li>
                <CommitName commit={commit} /> {visibleText(commit.title, 200)}{" "}
                <span class="minor">{visibleText(commit.author, 200)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {commits.more && <p class="minor">There are more commits than were read.</p>}
    </section>
  );
}

/** Whether a commit mentions the endpoint, or changed what code comes from where. */
const isTelling = ({ lines, dependencies }: ChangedCommit) =>
  lines.items.length + dependencies.items.length > 0;

function CommitCard({ commit }: { commit: ChangedCommit }) {
  const { title, author, time, lines, dependencies } = commit;
  return (
    <article class="card">
      <h3>
        <CommitName commit={commit} /> {visibleText(title, 300)}
      </h3>
      <p class="minor">
        {visibleText(author, 200)}, {utcTime(time)}
      </p>
      {dependencies.items.length > 0 && (
        <ul>
          {dependencies.items.slice(0, maxDependencies).map((change) => (
            <li>
              <DependencyText change={change} />
            </li>
          ))}
        </ul>
      )}
      {(dependencies.more || dependencies.items.length > maxDependencies) && (
        <p class="minor">It changed more dependencies than these.</p>
      )}
      {lines.items.length > 0 && (
        <ul class="diff">
          {lines.items.map(({ path, line, kind, text }) => (
            <li class={kind}>
              <span class="minor">
                {visibleText(path, 300)}:{line}
              </span>
              <code>
                {kind === "added" ? "+ " : "− "}
                {visibleText(text, 500)}
              </code>
            </li>
          ))}
        </ul>
      )}
      {lines.more && <p class="minor">It changed more lines that mention it.</p>}
    </article>
  );
}

function CommitName({ commit: { id, url } }: { commit: ChangedCommit }) {
  const name = <code>{visibleText(id.slice(0, 12), 20)}</code>;
  const link = webLink(url);
  if (link === undefined) return name;
  return (
    <a href={link} rel="noopener noreferrer nofollow">
      {name}
    </a>
  );
}

function DependencyText({ change }: { change: DependencyChange }) {
  const { kind, name, before, after, path } = change;
  const versions = (list: readonly string[]) => visibleText(list.join(", "), 200);
  return (
    <>
      {kind === "action" ? "Action" : "Package"} <code>{visibleText(name, 300)}</code>{" "}
      {before.length === 0
        ? `${versions(after)} was added`
        : after.length === 0
          ? `${versions(before)} was removed`
          : `changed from ${versions(before)} to ${versions(after)}`}{" "}
      <span class="minor">{visibleText(path, 300)}</span>
    </>
  );
}
