import "./words.css";

import { isWebAddress } from "./links";

interface Props {
  url: string | null | undefined;
  children?: string;
  /** What it is called where the words alone do not say. */
  label?: string;
}

/** A link out of the page: only to http and https, in a window of its own that learns nothing of this one. */
export function OutLink({ url, children = "Original", label }: Props) {
  if (!isWebAddress(url)) return null;
  return (
    <>
      {" "}
      <a class="out" href={url} target="_blank" rel="noopener noreferrer nofollow" aria-label={label && `${label} (opens another window)`}>
        <bdi>{children}</bdi>
        {!label && <span class="hidden"> (opens another window)</span>}
      </a>
    </>
  );
}
