import { type Fact, visibleText } from "@straycall/core";
import type { Child } from "hono/jsx";

/** A fact in words, or as something to show. */
export interface ShownFact {
  label: string;
  value: Child;
}

/** Facts as a list of labels and values. */
export function FactList({ facts }: { facts: readonly ShownFact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A fact of a description; what is code is set as code. */
export function factToShow({ label, value, code }: Fact): ShownFact {
  const text = visibleText(value);
  return { label, value: code ? <code>{text}</code> : text };
}
