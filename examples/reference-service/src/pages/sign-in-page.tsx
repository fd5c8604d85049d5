import { Layout } from "./layout.js";

export interface SignInPageProps {
  /** Where to go then. */
  to: string;
  /** A ticket that the service printed when it started: it stands for a token, once. */
  ticket?: string;
  isWrong?: boolean;
}

export function SignInPage({ to, ticket, isWrong = false }: SignInPageProps) {
  return (
    <Layout title="Sign in">
      <h1>Sign in</h1>
      <p class="lead">
        With the admin token you may see, review and change everything; with a token for reading you
        see its repositories.
      </p>
      {isWrong && (
        <p class="note" role="alert">
          {ticket === undefined
            ? "That is no token that opens these pages."
            : "The link was used before, or is too old. Sign in with a token."}
        </p>
      )}
      <form method="post" action="/sign-in" class="form">
        <input type="hidden" name="to" value={to} />
        <label>
          Your name, as the history is to show it
          <input name="name" required maxlength={100} autocomplete="name" />
        </label>
        {ticket !== undefined && !isWrong ? (
          <input type="hidden" name="token" value={ticket} />
        ) : (
          <label>
            Token
            <input
              type="password"
              name="token"
              required
              maxlength={512}
              autocomplete="current-password"
            />
          </label>
        )}
        <button type="submit">Sign in</button>
      </form>
    </Layout>
  );
}
