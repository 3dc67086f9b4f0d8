import { expect, test } from "vitest";

import { isWebAddress } from "./links";

test.each(["https://post.example/a?b=c#d", "http://post.example", "HTTPS://POST.EXAMPLE/"])("%s is a link", (url) => {
  expect(isWebAddress(url)).toBe(true);
});

test.each([
  "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "//post.example",
  "/articles/a1", "ftp://post.example", "https://", "https://bank.example@post.example/", "file:///etc/passwd", "", null, undefined,
])("%s stays words", (url) => {
  expect(isWebAddress(url)).toBe(false);
});
