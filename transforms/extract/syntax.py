"""Reading a Universal Dependencies tree: children, prepositions, coordination, hyphens, and the way up.

Everything here answers a question about one token from the tree alone; what the words mean is asked elsewhere.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.extract.word_lists import word_list

SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
CLAUSES = frozenset(
    {
        "ccomp",
        "xcomp",
        "advcl",
        "advcl:relcl",
        "acl",
        "acl:relcl",
        "parataxis",
        "csubj",
        "csubj:pass",
        "conj",
        "root",
        "ROOT",
    }
)
RELATIVE_CLAUSES = frozenset({"acl:relcl", "advcl:relcl"})
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})
OBLIQUES = frozenset({"obl", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked"})
CIRCUMSTANTIAL = word_list("circumstance")
"""Prepositions of what goes on beside an act or went before it."""
CIRCUMSTANCES = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC"})
INTENDING = word_list("intending")
SPEAKERS = word_list("speaker of own act")
"""Pronouns under which speakers tell of what they would do themselves."""
NEGATORS = word_list("negator")
TREE_HEIGHT = 12
"""Steps up a tree that are followed at most: deeper than any sentence of news, shorter than a damaged parse."""


def children(token: Token, *labels: str) -> list[Token]:
    """Children of ``token`` with one of ``labels``, in text order."""
    return [child for child in token.children if child.dep_ in labels and not child.is_space]


def particle(verb: Token) -> str:
    """Lower-case particle of a phrasal verb ("down" in "cracked down"), or the empty string."""
    return " ".join(child.lower_ for child in verb.children if child.dep_ == "compound:prt")


def case_of(token: Token) -> str:
    """The preposition of a phrase, several words joined by a space ("according to"); empty where there is none."""
    # "bowed to pressure": where the noun was taken for a verb, its preposition is a mark.
    cases = children(token, "case") or (children(token, "mark") if token.dep_ in OBLIQUES else [])
    if not cases:
        return ""
    words = [cases[0].lower_, *(child.lower_ for child in cases[0].children if child.dep_ == "fixed")]
    if len(cases) > 1 and cases[1].i == cases[0].i + 1:
        words.append(cases[1].lower_)
    return " ".join(words)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause modifies; any other token is itself."""
    if token.lower_ not in RELATIVE_PRONOUNS or token.pos_ not in {"PRON", "DET", "SCONJ"}:
        return token
    clause = token
    for _ in range(TREE_HEIGHT):
        if clause.dep_ in RELATIVE_CLAUSES:
            return clause.head
        if clause.head is clause or clause.head == clause:
            return token
        clause = clause.head
    return token


def phrases_with(token: Token, prepositions: frozenset[str]) -> list[Token]:
    """Heads of the prepositional phrases under ``token`` whose preposition is one of ``prepositions``."""
    found = [antecedent(child) for child in token.children if child.dep_ in OBLIQUES and case_of(child) in prepositions]
    if "between" in prepositions:
        found = found or _sides_behind(token)
        found += [other for child in found if case_of(child) == "between" and (other := _second_side(child))]
    return found


def _sides_behind(noun: Token) -> list[Token]:
    """The sides that parsers hang on time, place or verb: "held a meeting in Oslo between the king and the premier"."""
    if noun.pos_ != "NOUN":
        return []
    within = noun.head.subtree if noun.dep_ in {"obj", *OBLIQUES} else noun.subtree
    between = [token for token in within if token.i > noun.i and token.dep_ in OBLIQUES and case_of(token) == "between"]
    return [token for token in between if token.head == noun.head or token.head.ent_type_ in CIRCUMSTANCES][:1]


def _second_side(first: Token) -> Token | None:
    """The other side of "between" where the parser cut it off ("talks between the rebels and the army resumed")."""
    doc, end = first.doc, first.right_edge.i + 1
    if children(first, "conj") or end + 1 >= first.sent.end or doc[end].lower_ != "and":
        return None
    behind = doc[end + 1 : first.sent.end]
    nouns = [token for token in behind if token.left_edge.i in {end, end + 1} or token.i == end + 1]
    return next((token for token in nouns if token.pos_ in {"NOUN", "PROPN", "PRON"}), None)


def hyphenated(token: Token) -> Span | None:
    """The word that the tokenizer split at its hyphens ("cease-fire"), where ``token`` is its head; else None."""
    doc, start, end = token.doc, token.i, token.i + 1
    while (
        start - 2 >= 0 and doc[start - 1].text == "-" and not (doc[start - 1].whitespace_ or doc[start - 2].whitespace_)
    ):
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        end += 2
    word = doc[start:end]
    if len(word) == 1:
        return None
    inside = range(start, end)
    heads = [part for part in word if part.head.i not in inside or part.head == part]
    return word if token == (heads[0] if len(heads) == 1 else word[-1]) else None


def hyphenated_lemmas(word: Span) -> list[str]:
    """Lemmas under which a lexicon may have a hyphenated word: "cease-fire", "ceasefire", "cease fire"."""
    *before, last = [token for token in word if token.text != "-"]
    parts = [*(token.lower_ for token in before), last.lemma_.lower()]
    return ["-".join(parts), "".join(parts), " ".join(parts)]


def ancestors(token: Token) -> Iterator[Token]:
    """The tokens above ``token``, nearest first."""
    for _ in range(TREE_HEIGHT):
        if token.head == token:
            return
        token = token.head
        yield token


def tree_distance(first: Token, second: Token) -> int:
    """Number of arcs between two tokens of one sentence; ``2 * TREE_HEIGHT`` where no path is found."""
    above = {token.i: steps for steps, token in enumerate([first, *ancestors(first)])}
    for steps, token in enumerate([second, *ancestors(second)]):
        if token.i in above:
            return above[token.i] + steps
    return 2 * TREE_HEIGHT
