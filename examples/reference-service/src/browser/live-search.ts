/*
 * Runs in the browser: a search answers as one types. It asks the server for the same page that the form would load, and
 * takes the results out of it; without this script the form's button does the same.
 */

const patienceMs = 150;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-live]")) live(form);

function live(form: HTMLFormElement) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();

  const show = async () => {
    asked.abort();
    asked = new AbortController();
    const fields = [...new FormData(form)].filter(
      (field): field is [string, string] => typeof field[1] === "string" && field[1] !== "",
    );
    const url = new URL(form.action);
    url.search = new URLSearchParams(fields).toString();
    const results = document.querySelector("#results");
    results?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: asked.signal });
      // Signed out meanwhile: the page that says so is no list.
      if (!answer.ok || answer.redirected) return location.assign(url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#results");
      if (found && results) results.replaceWith(document.adoptNode(found));
      history.replaceState(null, "", url);
    } catch (error) {
      if (!asked.signal.aborted) throw error;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, patienceMs);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void show();
  });
}
