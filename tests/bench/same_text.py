"""Two folders of HTML → on how many pages both show the same text, and where the first differences are.

What is compared is what a reader sees: text outside `<script>` and `<style>`, blanks as one, and the addresses of links.
"""

import html.parser
import pathlib
import re


class Shown(html.parser.HTMLParser):
    """The words and link addresses of a page in their order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.hidden = False

    def handle_starttag(self, tag, attributes):
        self.hidden = tag in ("script", "style")
        if tag == "a":
            self.parts.append(f"<{dict(attributes).get('href')}>")

    def handle_endtag(self, _tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def shown(path):
    page = Shown()
    page.feed(path.read_text())
    return re.sub(r"\s+", " ", " ".join(page.parts)).split(" ")


def compare(one, other, below):
    """Pages below a folder: how many there are, and those that differ or are in one of both only."""
    pages = {side: {path.relative_to(side) for path in (side / below).rglob("*.html")} for side in (one, other)}
    differing = {str(path): "in one of both only" for path in pages[one] ^ pages[other]}
    for path in sorted(pages[one] & pages[other]):
        here, there = shown(one / path), shown(other / path)
        if here != there:
            at = next((at for at, (a, b) in enumerate(zip(here, there)) if a != b), min(len(here), len(there)))
            differing[str(path)] = f"{' '.join(here[at : at + 8])} | {' '.join(there[at : at + 8])}"
    return len(pages[one] | pages[other]), differing


if __name__ == "__main__":
    import sys

    count, differing = compare(*map(pathlib.Path, sys.argv[1:3]), sys.argv[3])
    print(count, len(differing))
    for path, difference in list(differing.items())[:10]:
        print(path, difference)
