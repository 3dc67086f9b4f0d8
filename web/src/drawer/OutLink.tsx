import { isWebAddress } from "./links";

/** A link out of the page: only to http and https, in a window of its own that learns nothing of this one. */
export function OutLink({ url, children = "Original" }: { url: string | null | undefined; children?: string }) {
  if (!isWebAddress(url)) return null;
  return (
    <>
      {" "}
      <a class="out" href={url} target="_blank" rel="noopener noreferrer nofollow">
        {children}
        <span class="hidden"> (opens another window)</span>
      </a>
    </>
  );
}
