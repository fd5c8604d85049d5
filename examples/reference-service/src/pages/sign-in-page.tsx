import { Layout } from "./layout.js";

export interface SignInPageProps {
  /** Where to go then. */
  to: string;
  isWrong?: boolean;
}

export function SignInPage({ to, isWrong = false }: SignInPageProps) {
  return (
    <Layout title="Sign in">
      <h1>Sign in</h1>
      <p class="lead">Whoever knows the admin token may review, suppress and change settings.</p>
      {isWrong && (
        <p class="note" role="alert">
          That is not the admin token.
        </p>
      )}
      <form method="post" action="/sign-in" class="form">
        <input type="hidden" name="to" value={to} />
        <label>
          Your name, as the history is to show it
          <input name="name" required maxlength={100} autocomplete="name" />
        </label>
        <label>
          Admin token
          <input
            type="password"
            name="token"
            required
            maxlength={512}
            autocomplete="current-password"
          />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </Layout>
  );
}
