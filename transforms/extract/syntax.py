"""Reading a Universal Dependencies tree: subjects, objects, prepositional phrases, and what is inherited.

Everything here answers a question about one token from the tree alone; what the words mean is asked elsewhere.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

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
ROUNDING = frozenset({"over", "around", "about", "nearly", "under", "up to", "almost"})
OWNING = frozenset({"GPE", "NORP", "ORG", "PERSON"})
"""Entities that own the noun behind them ("U.S. efforts to help")."""
OBLIGING = frozenset({"must", "should", "ought"})
NEGATORS = frozenset({"not", "n't", "n’t", "never"})
CHARGES = frozenset({"of", "for", "from", "with", "into"})
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


def is_passive(verb: Token) -> bool:
    """True of a verb in the passive, with or without its auxiliary ("an attack carried out by")."""
    if any(child.dep_ in {"aux:pass", "nsubj:pass", "csubj:pass"} for child in verb.children):
        # "..., the group charged": what is said before its verb makes parsers read a passive.
        return bool(children(verb, "aux:pass")) or not children(verb, "ccomp")
    if verb.tag_ not in {"VBN", "VBD"} or any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        # "homes were raided and computers seized": the second verb shares the auxiliary of the first.
        return verb.tag_ == "VBN" and is_passive(verb.head) and not children(verb, "obj")
    has_subject = any(child.dep_ == "nsubj" for child in verb.children)
    if verb.dep_ == "acl" and not has_subject:
        # "the boat rescued on Friday": taggers take such participles for past tenses.
        return True
    if verb.tag_ == "VBD" or has_subject:
        return _is_headline(verb) and not children(verb, "obj", "xcomp", "ccomp")
    return verb.dep_ in {"acl", "advcl", "amod", "acl:relcl", "parataxis", "ROOT", "xcomp", "dep"}


def _is_headline(verb: Token) -> bool:
    """True of the verb of a line without a final stop and without an auxiliary ("Hundreds rescued off coast")."""
    last = verb.sent[-1]
    return verb.dep_ in {"ROOT", "root"} and not last.is_punct and last.i == len(verb.doc) - 1


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


def own_subject(verb: Token) -> Token | None:
    """The subject among the children of ``verb``, relative pronouns replaced by what they stand for."""
    for child in verb.children:
        if (child.dep_ in SUBJECTS or child.dep_ in PASSIVE_SUBJECTS) and not child.is_space:
            return antecedent(child)
    return None


def second_subjects(verb: Token) -> list[Token]:
    """Subjects behind the first that "and" joins to it ("Mali, an ally, and the union have denied")."""
    found = children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    joined = [child.i for child in children(verb, "cc")]
    return [other for other in found[1:] if any(found[0].i < place < other.i for place in joined)]


def subject(verb: Token) -> Token | None:
    """The understood subject of ``verb``: its own, or one inherited by coordination, control or modification."""
    for _ in range(TREE_HEIGHT):
        found = own_subject(verb)
        if found is not None:
            return found
        head = verb.head
        if head == verb:
            return None
        if verb.dep_ in {"acl", "acl:relcl", "amod"} and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            return _subject_of_modifier(verb, head)
        if verb.dep_ == "xcomp":
            controller = next(iter(children(head, "obj", "iobj")), None)
            if controller is not None and head.pos_ == "VERB":
                return antecedent(controller)
        elif _is_charge(verb):
            # "accused Iran of attacking", "thanked Cuba for sending": the one spoken of does it.
            charged = objects(head) if not is_passive(head) else [found for found in [own_subject(head)] if found]
            if charged:
                return charged[0]
        elif verb.dep_ not in {"conj", "advcl", "parataxis", "ccomp"} or (
            verb.dep_ == "ccomp" and not _is_bare_clause(verb)
        ):
            return None
        verb = head
    return None


def _is_charge(verb: Token) -> bool:
    """True of a gerund that says what the object of its governor is accused of, thanked for or kept from."""
    return (
        verb.dep_ in {"advcl", "obl"}
        and verb.tag_ == "VBG"
        and any(child.dep_ in {"mark", "case"} and child.lower_ in CHARGES for child in verb.children)
    )


def _subject_of_modifier(verb: Token, noun: Token) -> Token | None:
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if verb.dep_ == "acl" and marks & CHARGES and noun.pos_ in {"PROPN", "PRON"}:
        # "accused Iran of attacking", the clause hung on the accused.
        return noun
    if verb.dep_ == "acl" and marks:
        # "plans to attack", "a bid to seize": whoever owns the noun does it.
        named = [child for child in children(noun, "compound", "amod") if child.ent_type_ in OWNING]
        owner = next(iter([*children(noun, "nmod:poss"), *named]), None)
        if owner is not None:
            return owner
        for _ in range(TREE_HEIGHT):  # "the third phase of the effort to isolate"
            if noun.dep_ != "nmod" or case_of(noun) != "of":
                break
            noun = noun.head
        if noun.dep_ in {"obj", "nsubj:pass", "obl", "xcomp"} and noun.head != noun:
            return subject(noun.head)
        return None
    return noun


def _is_bare_clause(verb: Token) -> bool:
    """True of an infinitive or gerund that a parser labelled ccomp although it has no subject of its own."""
    return verb.tag_ in {"VB", "VBG"} and not any(
        child.dep_ == "mark" and child.lower_ != "to" for child in verb.children
    )


def objects(verb: Token) -> list[Token]:
    """Direct objects of an active verb; the antecedent where a relative clause leaves the object out."""
    found = [antecedent(child) for child in children(verb, "obj", "iobj")] or _rounded(verb)
    if not found:
        # "welcomed the premier": a noun with its article is no predicate.
        nouns = [child for child in children(verb, "xcomp") if child.pos_ == "NOUN" and children(child, "det")]
        found = [noun for noun in nouns if not children(noun, "cop", "case", "mark")]
    if found or verb.dep_ not in RELATIVE_CLAUSES:
        return found
    subject_ = own_subject(verb)
    # "the town that rebels captured": the clause has a subject of its own, so the noun before it is the object.
    if subject_ is not None and subject_ != verb.head and not is_passive(verb):
        return [verb.head]
    return found


def _rounded(verb: Token) -> list[Token]:
    """ "spent over 100 million": a number with a word of rounding, which parsers take for a preposition."""
    phrases = [child for child in children(verb, "obl") if case_of(child) in ROUNDING and child.i > verb.i]
    return [child for child in phrases if child.pos_ == "NUM" or child.is_currency or children(child, "nummod")][:1]


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive verb or of an event noun."""
    return [
        child
        for child in verb.children
        if child.dep_ == "obl:agent" or (child.dep_ in OBLIQUES and case_of(child) == "by")
    ]


def phrases_with(token: Token, prepositions: frozenset[str]) -> list[Token]:
    """Heads of the prepositional phrases under ``token`` whose preposition is one of ``prepositions``."""
    return [antecedent(child) for child in token.children if child.dep_ in OBLIQUES and case_of(child) in prepositions]


def shared_objects(verb: Token) -> list[Token]:
    """The object of the last of coordinated verbs, where nothing but their coordination stands between them."""
    if is_passive(verb) or children(verb, "obj", "iobj", "xcomp", "ccomp"):
        return []
    for last in children(verb, "conj"):
        between = verb.doc[verb.i + 1 : last.i]
        is_bare = all(token.pos_ in {"CCONJ", "PUNCT", "ADV"} or token.dep_ == "conj" for token in between)
        if last.pos_ == "VERB" and is_bare and last.tag_ == verb.tag_:
            return children(last, "obj") or shared_objects(last)
    return []


def complements(verb: Token) -> Iterator[tuple[str, Token]]:
    """Complements as pairs of form and head.

    Forms are "to", "that", "whether", "not", "must", "ing", "x" (a predicate), or the preposition of a gerund.

    A clause that a parser hung on the object ("asked the rebels to free the crew") counts as the verb's.
    """
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"}:
            yield from ((form, child) for form in _forms(child))
        elif child.dep_ == "advcl" and child.i == verb.i + 1 and child.tag_ == "VBG":
            yield "ing", child
        elif child.dep_ in {"advcl", "acl"} and child.i > verb.i and child.tag_ == "VB" and _has_to(child):
            yield "to", child
        elif child.dep_ in {"obj", "iobj", "nsubj:pass"}:
            for clause in children(child, "acl"):
                if _has_to(clause):
                    yield "to", clause
                yield from _gerund(clause)
        yield from _gerund(child)
    if verb.dep_ == "parataxis" and verb.i > verb.head.i and _obliges(verb.head):
        # "The army must leave, the union said."
        yield "must", verb.head


def _forms(clause: Token) -> Iterator[str]:
    """Every form that a complement clause has."""
    yield _form(clause)
    if _form(clause) == "that" and any(word.lower_ in NEGATORS for word in clause.children):
        yield "not"
    if _obliges(clause):
        yield "must"


def _obliges(clause: Token) -> bool:
    """True of a finite clause that says what somebody must do."""
    return any(child.dep_ == "aux" and child.lower_ in OBLIGING for child in clause.children)


def _gerund(clause: Token) -> Iterator[tuple[str, Token]]:
    """ "from" with "leaving" in "prevented them from leaving"."""
    if clause.tag_ == "VBG" and clause.dep_ in {"advcl", "acl", "obl", "xcomp", "ccomp"}:
        for mark in children(clause, "mark", "case"):
            yield mark.lower_, clause


def _form(complement: Token) -> str:
    if complement.tag_ == "VBG":
        return "ing"
    if _has_to(complement) or (complement.dep_ == "xcomp" and complement.tag_ == "VB"):
        return "to"
    if complement.dep_ != "ccomp":
        return "x"
    return "whether" if _asks(complement) else "that"


def _asks(clause: Token) -> bool:
    """True of an indirect question ("asked what would happen", "whether the army fired")."""
    words = [child for child in clause.children if child.i < clause.i]
    return any(
        word.tag_.startswith("W") or (word.dep_ == "mark" and word.lower_ in {"whether", "if"}) for word in words
    )


def is_purpose(clause: Token) -> bool:
    """True of a clause with "to" that says what an act is for ("a campaign to retake the town")."""
    return clause.dep_ in {"acl", "advcl", "xcomp"} and clause.tag_ == "VB" and _has_to(clause)


def _has_to(verb: Token) -> bool:
    return any(child.dep_ in {"mark", "aux"} and child.lower_ == "to" for child in verb.children)


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
