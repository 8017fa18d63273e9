"""Text to words, as Universal Dependencies English parts them: clitics, hyphens and punctuation apart.

The tokenisation of the treebanks that the reader learned its trees from (EWT, GUM), by rule, so that words at run time
are the words of training. ``python -m benchmarks.reader`` prints how often the two agree.
"""

from __future__ import annotations

import re

# Abbreviations whose full stop belongs to the word. Only those that are seldom the last word of a sentence.
_ABBREVIATIONS = (
    "Mr Mrs Ms Messrs Dr Prof Hon Rev Fr Sr Jr St Mt Ft Gen Maj Col Lt Capt Cmdr Adm Brig Sgt Cpl Pvt Gov Sen Rep "
    "Reps Sens Pres Amb Atty Dept Univ Inc Corp Co Ltd Bros vs etc al cf approx est vol Vol pp fig Fig Sec Art "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun Ave Blvd Rd Hwy "
)
_ABBREVIATION = "|".join(sorted({re.escape(word) for word in _ABBREVIATIONS.split()}, key=len, reverse=True))

_WORD = re.compile(
    rf"""\s*+(
      # Most words: letters up to a space or a comma, where none of what follows applies. First for speed alone.
      [A-Za-z][a-z]*+(?=[\s,])(?<![Cc]annot)(?<![Gg]onna)(?<![Ww]anna)(?<![Gg]otta)
    | (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]      # a web address, less the punctuation after it
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                               # a mail address
    | [@\#]\w+                                                   # a handle or a tag
    | (?:[A-Za-z]\.){{2,}}                                       # U.S., a.m.
    | (?:{_ABBREVIATION})\.(?=\s*[\w"“(]|,)                      # Mr. Gen. Feb.
    | [Nn]os?\.(?=\s*\d)                                           # No. 10
    | (?<![\w.])[A-Z]\.(?=\s*[A-Z])                              # an initial
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|k|m|bn|am|pm)?\b         # 1,000.5  10:30  3/4  19th  1990s
    | \d+(?:[.,:/]\d+)*                                          # a number glued to letters
    | (?i:\be-?mails?\b)
    | \.\.\.+ | …+ | --+ | [!?]{{2,}} | ([=*<>_~])\2+             # runs of marks
    | (?i:can(?=not\b)|gon(?=na\b)|wan(?=na\b)|got(?=ta\b))      # cannot = can + not
    | (?i:\w+?(?=n['’]t\b))                                      # do|n't
    | (?i:n['’]t\b)
    | (?i:['’](?:s|re|ve|ll|d|m|em)\b)                           # clitics
    | (?i:\b[dlo]['’](?=[A-ZÀ-Ý])\w+)                            # d'Ivoire, O'Neill
    | \w+(?:['’]\w+)*?(?=['’](?:s|re|ve|ll|d|m)\b)               # a word before a clitic
    | \w+(?:['’](?!s\b|re\b|ve\b|ll\b|d\b|m\b)\w+)*              # a word, apostrophes inside
    | [^\w\s]                                                    # any other mark, alone
    )""",
    re.VERBOSE,
)


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the words of ``text[start:end]``, counted in code points of the whole ``text``."""
    return [match.span(1) for match in _WORD.finditer(text, start, len(text) if end is None else end)]
