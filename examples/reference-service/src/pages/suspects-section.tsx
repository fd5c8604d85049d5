import { type Investigation, type Suspect, visibleText } from "@straycall/core";

const kinds: Record<Suspect["kind"], string> = {
  package: "Package",
  action: "Action",
  step: "Step",
  program: "Program",
  commit: "Commit",
};

/** What may be why the call was made, the likeliest first, and what could not be found out. */
export function SuspectsSection({ found: { suspects, unknown } }: { found: Investigation }) {
  return (
    <section>
      <h2 id="suspects">What may be why</h2>
      {suspects.length === 0 && <p class="empty">Nothing is known that could be why.</p>}
      <ol class="causes">
        {suspects.map(({ kind, name, evidence }) => (
          <li>
            <strong>{kinds[kind]}</strong> <code>{visibleText(name, 300)}</code>
            {evidence.map((sentence) => (
              <span class="minor">{visibleText(sentence, 600)}</span>
            ))}
          </li>
        ))}
      </ol>
      {unknown.length > 0 && (
        <p class="minor">Not known: {visibleText(unknown.join(" "), 2_000)}</p>
      )}
    </section>
  );
}
