"""The shapes of the answers, once: routes fill them, `docs/openapi.json` is made from them, the page's types from that.

Every key is always there; what is not known is null. Days are `YYYY-MM-DD`, spans of days inclusive. Offsets are half-open and
count Unicode code points of the article's text, which is not how JavaScript counts: where a text is shown with its evidence it
comes cut into `segments`, so that nobody has to.
"""
