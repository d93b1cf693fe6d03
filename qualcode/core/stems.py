"""Words reduced to what they share with their other forms: `relied`, `relies` and `relying` give `rely`.

Rules for English endings and a table of common irregular forms; no dictionary and no model. Other languages lose
little: words are compared as they are written, apart from a final -s, -ed or -ing.
"""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWELS = frozenset("aeiouy")
_IRREGULAR = {
    form: stem
    for stem, forms in {
        "bring": "brought", "build": "built", "buy": "bought", "catch": "caught", "child": "children",
        "choose": "chose chosen", "come": "came", "deal": "dealt", "drive": "drove driven", "eat": "ate eaten",
        "fall": "fell fallen", "feel": "felt", "fight": "fought", "find": "found", "forget": "forgot forgotten",
        "give": "gave given", "go": "goes went gone", "grow": "grew grown", "hear": "heard", "hide": "hid hidden",
        "hold": "held", "keep": "kept", "know": "knew known", "lead": "led", "leave": "left leaving",
        "lose": "lost", "make": "made", "man": "men", "mean": "meant", "meet": "met", "pay": "paid",
        "person": "people", "run": "ran", "say": "said", "see": "saw seen", "sell": "sold", "send": "sent",
        "show": "shown", "sit": "sat", "speak": "spoke spoken", "spend": "spent", "stand": "stood",
        "take": "took taken", "teach": "taught", "tell": "told", "think": "thought", "throw": "threw thrown",
        "understand": "understood", "wear": "wore worn", "win": "won", "woman": "women", "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip

STOP_WORDS = frozenset(
    """a about after again all also although always am an and another any anybody anyone anything are aren't around
    as at back be because been before being between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't done down each either else even ever every everybody everyone everything few for from get
    gets getting got had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself
    his how however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself just kind know less let
    like little lot lots many may maybe me mean might mine more most much must my myself neither never no nobody
    none nor not nothing now of off often oh okay on once one ones only onto or other others our ours ourselves out
    over own per perhaps quite rather really right said same say says she she'd she'll she's should shouldn't since
    so some somebody someone something sometimes sort still such than that that's the their theirs them themselves
    then there there's these they they'd they'll they're they've thing things this those though through thus to too
    toward towards two under until up upon us very want was wasn't we we'd we'll we're we've well were weren't what
    what's whatever when where where's whether which while who who's whole whom whose why will with within without
    won't would wouldn't yeah yes yet you you'd you'll you're you've your yours yourself yourselves""".split()  # noqa: SIM905 - a column of quoted words would be a page
)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what a word shares with its other forms, ignoring case; never empty for a word."""
    plain = word.casefold().replace("’", "'")
    plain = plain.removesuffix("'s") or plain
    found = _IRREGULAR.get(plain)
    if found is None:
        found = _without_ending(plain)
    return found[:-1] if len(found) > 3 and found.endswith("e") else found


def is_telling(word: str) -> bool:
    """Say whether a word carries content: no function word, and three letters or more."""
    plain = word.casefold().replace("’", "'")
    return len(plain) > 2 and plain not in STOP_WORDS and not plain.isdecimal()


def _without_ending(word: str) -> str:
    if len(word) < 4:
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss")):
        if word.endswith(ending) and len(word) > 4:
            return word.removesuffix(ending) + instead
    for ending, least in (("ing", 3), ("ed", 3)):
        base = word.removesuffix(ending)
        if base != word and len(base) >= least and not _VOWELS.isdisjoint(base):
            return _single(base)
    if word.endswith(("shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _single(base: str) -> str:
    """Return the base without the consonant that was doubled before an ending: `plann` gives `plan`."""
    doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiouylsz"
    return base[:-1] if doubled else base
