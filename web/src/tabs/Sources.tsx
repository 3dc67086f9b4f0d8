import type { Schema } from "../api";
import { isWebAddress } from "../drawer/links";
import { OutLink } from "../drawer/OutLink";
import { outletName } from "../words/names";

/** Who published it, each outlet once, as links to the originals where they are web addresses; further articles of one are numbered. */
export function Sources({ sources }: { sources: readonly Schema["Source"][] }) {
  const outlets = new Map<string, (string | null)[]>();
  for (const { outlet, url } of sources) {
    const name = outletName(outlet);
    outlets.set(name, [...(outlets.get(name) ?? []), url]);
  }
  return (
    <span class="sources">
      {[...outlets].map(([outlet, urls], n) => {
        const [first, ...others] = urls.filter(isWebAddress);
        return (
          <span key={outlet}>
            {n > 0 && "\u00a0· "}
            {first ? <OutLink url={first}>{outlet}</OutLink> : <bdi>{outlet}</bdi>}
            {others.map((url, at) => (
              <OutLink key={url} url={url} label={`${outlet}, article ${at + 2}`}>
                {`${at + 2}`}
              </OutLink>
            ))}
          </span>
        );
      })}
    </span>
  );
}
