"""Merging in memory: articles in, groups of accounts out. What a new article touches is worked out anew, the rest stands.

    merger = Merger()
    for article in articles:
        merger.add(told_in(article))
    for group in merger.groups(): ...

The result depends on what was added and on nothing else: not on the order, not on what was there in between.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from dateline.incidents.accounts import account_of
from dateline.incidents.candidates import asked, filed, is_cell, within_reach
from dateline.incidents.clustering import Grouped, Merge, decided, neighbourhoods, regrouped
from dateline.incidents.records import Account, Decision, Link, Told
from dateline.incidents.rules import Rules, load_rules
from dateline.incidents.scoring import score
from dateline.incidents.signs import barred_among

Said = tuple[list[tuple[str, str]], list[tuple[str, str]]]
"""Pairs of accounts that people have joined, and that they have parted."""


class DecisionError(ValueError):
    """A decision contradicts others; the message says which."""


class Merger:
    """Keeps accounts, how alike they are, and the groups that they fall into."""

    def __init__(self, rules: Rules | None = None, decisions: Iterable[Decision] = ()) -> None:
        """`decisions` are people's words on pairs of events; on the same pair the later one counts.

        Raises:
            DecisionError: two events are held together by a chain of decisions and apart by another.
        """
        self.rules = rules or load_rules()
        self._decisions = {_pair(d.a, d.b): d.together for d in decisions}
        _check(self._decisions)
        self.accounts: dict[str, Account] = {}
        self._of: dict[str, str] = {}  # event -> account
        self._by_article: dict[str, list[str]] = {}
        self._index: dict[str, set[str]] = defaultdict(set)
        self.alike: dict[str, dict[str, int]] = {}  # account -> the accounts that it was compared with, and the points
        self._barred: dict[tuple[str, str], bool] = {}  # whether two accounts cannot be one act, where that was asked
        self._root: dict[str, str] = {}  # account -> the least of its group
        self._groups: dict[str, list[str]] = {}
        self._merges: dict[str, Sequence[Merge]] = {}
        """The least of a group of several -> how it came about, where that is known."""

    def add(
        self,
        tolds: Sequence[Told],
        heard: Callable[[Link], object] | None = None,
        loose: Collection[str] = (),
        reach: Callable[[Collection[str]], object] | None = None,
    ) -> None:
        """Take in one article, in place of what was known of it, and group anew whatever it touches.

        Args:
            tolds: what the article tells.
            heard: told every score that connects two accounts.
            loose: accounts that were restored without a group: they are grouped as if they came with it.
            reach: told whose groups are worked out anew, before it matters whom they are linked with; it may `restore` those.
        """
        new = {name for name in loose if name in self.accounts}
        if tolds:
            self.remove(tolds[0].article)
            self.take(tolds, heard)
            new.update(self._by_article[tolds[0].article])
        self._disturb(new, reach=reach)

    def take(self, tolds: Sequence[Told], heard: Callable[[Link], object] | None = None) -> None:
        """Take in one article without grouping; `heard` is told every score that connects two accounts."""
        for account in accounts_in(tolds, self.rules, self._decisions):
            alike: dict[str, int] = {}
            for other in self._candidates(account):
                link = score(account, other, self.rules)
                if link is None:
                    continue
                alike[other.id] = self.alike[other.id][account.id] = link.points
                if heard is not None and link.points >= self.rules.limits.link:
                    heard(link)
            self.alike[account.id] = alike
            self._know(account)
            self._file(account)

    def take_all(self, articles: Iterable[Sequence[Told]], heard: Callable[[Link], object] | None = None) -> None:
        """Take in many articles and group everything anew."""
        collecting = gc.isenabled()
        gc.disable()  # nothing that is made here is garbage: to look for some again and again takes a third of the time
        try:
            for tolds in articles:
                self.take(tolds, heard)
            self.settle_all()
        finally:
            if collecting:
                gc.enable()
                gc.collect()  # once, here, rather than in the middle of the next article

    def restore(
        self,
        accounts: Iterable[Account],
        links: Iterable[tuple[str, str, int]],
        groups: Iterable[Sequence[str]],
        keys: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        """Take in accounts that were merged before.

        Args:
            accounts: the accounts.
            links: their scores with each other and with those that are known.
            groups: the groups that they formed.
            keys: under which of them they stand (key, account), as far as whoever is yet to come looks there; under all where None.
        """
        for account in accounts:
            self._know(account)
            if keys is None:
                self._file(account)
            self.alike[account.id] = {}
        for key, name in keys or ():
            if name in self.accounts:
                self._index[key].add(name)
        for one, two, points in links:
            if one in self.accounts and two in self.accounts:
                self.alike[one][two] = self.alike[two][one] = points
        for group in groups:
            if kept := sorted(name for name in group if name in self.accounts):
                self._groups[kept[0]] = kept
                self._root.update((name, kept[0]) for name in kept)

    def remove(self, article: str) -> None:
        """Forget an article and group anew whatever it touched."""
        gone = set(self._by_article.pop(article, ()))
        if not gone:
            return
        said = decided(self._decisions, self._of)
        held = {name for pairs in said for pair in pairs if not gone.isdisjoint(pair) for name in pair}
        unsure = {name for one in held if one in self._root for name in self._groups[self._root[one]]}
        left = {self._root[name] for name in gone if name in self._root}
        for root in left:
            merges = self._earlier(root, said)
            self._merges[root] = merges or ()
            if merges is None:
                unsure.update(self._groups[root])
        self._barred.clear()
        for name in gone:
            if (root_ := self._root.pop(name, None)) is not None:
                self._groups[root_].remove(name)
            account = self.accounts.pop(name)
            for told in account.tolds:
                del self._of[told.id]
            for key in filed(account, self.rules):
                self._index[key].discard(name)
                if not self._index[key]:
                    del self._index[key]
            for other in self.alike.pop(name):
                del self.alike[other][name]
        self._disturb(unsure - gone, left)

    def settle(self, touched: Iterable[str]) -> None:
        """Group anew the neighbourhoods of these accounts, forgetting how they were grouped."""
        said = decided(self._decisions, self._of)
        partners = _partners(said[0])
        seen: set[str] = set()
        for start in sorted(touched):
            if start in seen or start not in self.accounts:
                continue
            around = self._around(start, partners)
            seen |= around
            self._put({self._root[name] for name in around if name in self._root}, self._grouped(around, around, (), said))

    def _disturb(
        self, new: Collection[str], left: Collection[str] = (), reach: Callable[[Collection[str]], object] | None = None
    ) -> None:
        """Group anew what new accounts change, or others by leaving the groups `left`.

        Takes in the groups that somebody disturbed is linked with, and theirs, as far as it goes.
        """
        said = decided(self._decisions, self._of)
        partners, held = _partners(said[0]), {name for pairs in said for pair in pairs for name in pair}
        if reach is not None:
            reach(new)
        fresh, within, near = set(new), set[str](), self._near(new, partners).union(left)
        earlier: list[Sequence[Merge]] = []
        while True:
            for root in near:
                merges = self._earlier(root, said)
                if merges is None or not held.isdisjoint(self._groups[root]):
                    fresh.update(self._groups[root])
                else:
                    earlier.append(merges)
            within |= near
            found = self._grouped(fresh.union(*(self._groups[root] for root in within)), fresh, earlier, said)
            if reach is not None:
                reach(found.disturbed)
            near = self._near(found.disturbed, partners) - within
            if not near:
                break
        self._put(within, found)

    def _near(self, names: Iterable[str], partners: Mapping[str, set[str]]) -> set[str]:
        """The groups of accounts, of those that they are linked with, and of those that people have joined them with."""
        link, root = self.rules.limits.link, self._root
        found: set[str] = set()
        for name in names:
            linked = [other for other, points in self.alike[name].items() if points >= link]
            found.update(root[other] for other in (name, *linked, *partners.get(name, ())) if other in root)
        return found

    def _earlier(self, root: str, said: Said) -> Sequence[Merge] | None:
        """How a group came about; None where its members alone do not make it, but people or those who left."""
        members = self._groups[root]
        if root not in self._merges and len(members) > 1:
            alone = self._grouped(members, members, (), said)
            if len(alone.groups) > 1:
                return None
            self._merges[root] = alone.merges[root]
        return self._merges.get(root, ())

    def _grouped(
        self, ids: Collection[str], new: Collection[str], earlier: Iterable[Sequence[Merge]], said: Said
    ) -> Grouped:
        together, apart = said
        return regrouped(
            sorted(ids),
            new,
            earlier,
            self.alike,
            self.rules.limits,
            barred_among(self.accounts, self.rules),
            [pair for pair in together if pair[0] in ids],
            [pair for pair in apart if pair[0] in ids],
            self._barred,
        )

    def _put(self, before: Iterable[str], found: Grouped) -> None:
        """Keep groups in place of those that were there before."""
        for root in before:
            self._merges.pop(root, None)
            for name in self._groups.pop(root):
                self._root.pop(name, None)
        for group in found.groups:
            self._groups[group[0]] = group
            self._root.update((name, group[0]) for name in group)
            if len(group) > 1:
                self._merges[group[0]] = found.merges[group[0]]

    def settle_all(self) -> None:
        """Group everything anew, after many articles were taken."""
        connected = [
            (one, two)
            for one, others in self.alike.items()
            for two, points in others.items()
            if one < two and points >= self.rules.limits.link
        ]
        self.settle(neighbourhood[0] for neighbourhood in neighbourhoods(self.accounts, connected))

    def groups(self) -> Iterator[tuple[Account, ...]]:
        """The accounts of every incident, by the least id."""
        for root in sorted(self._groups):
            yield tuple(self.accounts[name] for name in self._groups[root])

    def _know(self, account: Account) -> None:
        self.accounts[account.id] = account
        self._by_article.setdefault(account.article, []).append(account.id)
        self._of.update((told.id, account.id) for told in account.tolds)

    def _file(self, account: Account) -> None:
        for key in filed(account, self.rules):
            self._index[key].add(account.id)

    def _candidates(self, account: Account) -> list[Account]:
        named: set[str] = set()
        in_cells: set[str] = set()
        for key in asked(account, self.rules):
            if (names := self._index.get(key)) is not None:
                (in_cells if is_cell(key) else named).update(names)
        near = {name for name in in_cells - named if within_reach(account, self.accounts[name], self.rules)}
        return [other for name in named | near if (other := self.accounts[name]).article != account.article]

    def _around(self, start: str, partners: Mapping[str, set[str]]) -> set[str]:
        around, waiting, link = {start}, [start], self.rules.limits.link
        while waiting:
            name = waiting.pop()
            near = [other for other, points in self.alike[name].items() if points >= link and other not in around]
            near += [other for other in partners.get(name, ()) if other not in around]
            around.update(near)
            waiting += near
        return around


def _partners(together: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """For each account those that people have joined it with."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in together:
        found[one].add(two)
        found[two].add(one)
    return found


def accounts_in(tolds: Sequence[Told], rules: Rules, decisions: dict[tuple[str, str], bool] | None = None) -> list[Account]:
    """The accounts of one article: its events that tell the same act, put together; sorted by id."""
    singles = {told.id: account_of([told], rules) for told in tolds}
    families: dict[str, list[str]] = defaultdict(list)
    for name in sorted(singles):
        families[singles[name].family].append(name)
    together, apart = decided(decisions or {}, {name: name for name in singles})
    found: list[Account] = []
    for names in families.values():
        if len(names) == 1:
            found.append(singles[names[0]])
            continue
        scores: dict[str, dict[str, int]] = {name: {} for name in names}
        for one, two in combinations(names, 2):
            if (link := score(singles[one], singles[two], rules)) is not None:
                scores[one][two] = scores[two][one] = link.points
        barred = barred_among(singles, rules)
        for group in regrouped(names, names, (), scores, rules.limits, barred, together, apart).groups:
            found.append(
                account_of([told for name in group for told in singles[name].tolds], rules)
                if len(group) > 1
                else singles[group[0]]
            )
    return sorted(found, key=lambda account: account.id)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _check(decisions: dict[tuple[str, str], bool]) -> None:
    connected = [pair for pair, together in decisions.items() if together]
    names = {name for pair in decisions for name in pair}
    of = {name: number for number, group in enumerate(neighbourhoods(names, connected)) for name in group}
    for (a, b), together in decisions.items():
        if not together and of[a] == of[b]:
            raise DecisionError(f"{a} and {b} are held apart, and held together by other decisions; undo one of them")
