import { Layout } from "./layout.js";

export function ErrorPage({ title }: { title: string }) {
  return (
    <Layout title={title}>
      <section class="empty">
        <h1>{title}</h1>
        <p>
          <a href="/">Back to the runs</a>
        </p>
      </section>
    </Layout>
  );
}
