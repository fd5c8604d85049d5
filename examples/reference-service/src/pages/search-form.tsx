import type { PropsWithChildren } from "hono/jsx";

export interface SearchFormProps {
  path: string;
  /** What is searched for now. */
  search: string | undefined;
  /** What can be searched for, in words. */
  hint: string;
}

/**
 * Chooses what a list shows. It answers as one types where scripts run, by its button where they do not; what it chooses
 * stands in the page's address. The list is in an element with the id `results`.
 */
export function SearchForm({ path, search, hint, children }: PropsWithChildren<SearchFormProps>) {
  return (
    <search>
      <form method="get" action={path} class="filter" data-live="">
        <label class="search">
          Search
          <input type="search" name="q" value={search ?? ""} placeholder={hint} maxlength={512} />
        </label>
        {children}
        <button type="submit">Show</button>
      </form>
    </search>
  );
}

export function CheckField({ name, label, isOn }: { name: string; label: string; isOn: boolean }) {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="1" checked={isOn} />
      {label}
    </label>
  );
}

export interface ChoiceFieldProps {
  label: string;
  name: string;
  values: readonly string[];
  value: string | undefined;
}

export function ChoiceField({ label, name, values, value }: ChoiceFieldProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">any</option>
        {values.map((each) => (
          <option value={each} selected={each === value}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
