"""English words that tell whether a full stop ends a sentence. A new list is a new splitter version."""

from __future__ import annotations


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


TITLES = _words("""
    mr mrs ms mx dr prof rev fr hon det sgt ssgt lt capt cpt cmdr col maj gen cpl pvt ofc sen
    gov pres supt insp atty asst mt ft messrs vs cf ca approx e.g i.e viz esp incl
""")
"""Never at the end of a sentence, whatever follows."""

SHORTENED = _words("""
    etc inc ltd co corp jr sr esq st ave blvd rd hwy apt dept div univ hosp bldg hr hrs min mins
    sec secs wk wks mo mos yr yrs vol ext tel u.s u.k d.c ph.d jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue tues wed thu thur thurs fri
""")
"""At the end of a sentence only if the next word is one that opens sentences (as dotted letters are)."""

NUMBERED = _words("no nos fig pg pp p para art nr")
"""Abbreviations before a number, ordinary words elsewhere (`No. 7`, but `No. I told her`)."""

TIMES = _words("a.m p.m")
"""As shortened words, except that `I` after them may go on: `at 3 a.m. I was called`."""

OPENERS_OF_SENTENCES = _words("""
    i i'm i'd i'll i've we we're we've we'd we'll you you're you've they they're they've they'd
    he he's she she's it it's its that that's this these those there there's here the a an my
    our your their his her and but so or because if when what who where why how then now well
    yeah yes no not okay ok um uh like some most all everybody everyone nobody one after before
    once until since while for in on at with as to from even maybe usually sometimes every each
    it'll that'll don't didn't let let's
""")
"""Words that begin a sentence far more often than a name."""
