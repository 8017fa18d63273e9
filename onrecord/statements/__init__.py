"""Reading to statements: who said something, in which words, to and about whom, how.

    cues         what cue verbs and media words tell (tables)
    index        look-ups on one page's reading
    sources      whose words an attribution has, and whether they are words at all
    nested       a verb of saying inside another's words
    attributions the reader's attributions set right: cut short, parted, continued
    ties         statements to statements: one inside another, a headline and its fuller statement
    find         each attribution to a statement

Imports run downwards.
"""

from onrecord.statements.find import find_statements

__all__ = ["find_statements"]
