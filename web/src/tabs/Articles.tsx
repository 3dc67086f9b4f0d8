import "./tabs.css";
import "../drawer/drawer.css";
import "./articles.css";

import { type Schema, useAnswer, usePages } from "../api";
import { Chip } from "../components/Chip";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { isWebAddress } from "../drawer/links";
import { OutLink } from "../drawer/OutLink";
import { address, path, query } from "../route";
import { dayText } from "../words/days";
import { counted } from "../words/numbers";
import { titleText } from "../words/text";
import { ClearControl, Controls, DateControl, SelectControl, TextControl } from "./Controls";
import { Heading, More } from "./Heading";
import { Reader } from "./Reader";

const OWN = ["q", "outlet", "since", "until", "sort"];
const SORTS = [
  { value: "", label: "Latest first" },
  { value: "date", label: "Earliest first" },
  { value: "outlet", label: "By outlet" },
  { value: "title", label: "By title" },
  { value: "-words", label: "Longest first" },
];
type Sort = "-date" | "date" | "outlet" | "title" | "-words";

/** The articles, and one of them to read with everything that it is evidence for. */
export default function Articles() {
  const id = /^\/articles\/(.+)$/.exec(path.value)?.[1];
  return id ? <Reader key={id} id={id} /> : <List />;
}

function List() {
  const asked = (name: string) => query.value.get(name) ?? undefined;
  const sort = (asked("sort") as Sort | undefined) ?? "-date";
  const found = usePages("/api/articles", { query: { q: asked("q"), outlet: asked("outlet"), since: asked("since"), until: asked("until"), sort } });
  const meta = useAnswer("/api/meta");
  return (
    <div class="articles">
      <Heading title="Articles" count={found.total === undefined ? null : counted(found.total, "article")} />
      <Controls label="Which articles">
        <TextControl label="With" name="q" placeholder="Words of title or text" />
        <TextControl label="Outlet" name="outlet" placeholder="An outlet" list={meta.data?.outlets.map(({ name }) => name) ?? []} />
        <DateControl label="From" name="since" />
        <DateControl label="To" name="until" />
        <SelectControl label="Order" name="sort" options={SORTS} />
        <ClearControl names={OWN} />
      </Controls>
      {found.error && <ErrorNote error={found.error} onRetry={found.reload} />}
      {!found.items.length && found.loading && <Loading />}
      {!found.items.length && !found.loading && !found.error && <Nothing />}
      {found.items.length > 0 && <Table items={found.items} />}
      <More more={found.more} shown={found.items.length} total={found.total} loading={found.loading} />
    </div>
  );
}

function Nothing() {
  if (OWN.some((name) => query.value.get(name))) return <EmptyState title="No article fits">Take a filter away, or ask for fewer words.</EmptyState>;
  return (
    <EmptyState title="No articles yet">
      Take some in: <code>dateline add FOLDER</code>, a feed, or a web archive.
    </EmptyState>
  );
}

function Table({ items }: { items: readonly Schema["ArticleItem"][] }) {
  return (
    <div class="table-wrap">
      <table class="stacked">
        <caption class="hidden">Articles</caption>
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col">Outlet</th>
            <th scope="col">Day</th>
            <th scope="col">Tells</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ article, day_basis, words, events, statements }) => (
            <tr key={article.id}>
              <th scope="row" data-label="Title">
                <a href={address(`/articles/${article.id}`)} dir="auto">
                  {titleText(article.title)}
                </a>
              </th>
              <td data-label="Outlet">
                {isWebAddress(article.url) ? (
                  <OutLink url={article.url}>{article.outlet ?? "Original"}</OutLink>
                ) : (
                  <bdi>{article.outlet ?? "Not known"}</bdi>
                )}
              </td>
              <td data-label="Day">
                {article.day ? dayText(article.day) : "Not known"}
                {day_basis === "inferred" && <Chip title="The source gives no day; it was worked out from the text">worked out</Chip>}
              </td>
              <td data-label="Tells" class="soft">
                {counted(events, "event")}, {counted(statements, "statement")} in {counted(words, "word")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
