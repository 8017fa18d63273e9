"""The reader with the shipped weights: what it gives hangs together, and a page reads the same in any company."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import ReaderError
from onrecord.page import read_page
from onrecord.reader import Reader, edited

TEXT = (
    "Envoys meet in Oslo\n\n"
    "The Norwegian Foreign Ministry said on Monday that two envoys would meet in Oslo.\n\n"
    "“We expect an honest talk,” said Foreign Minister Kari Dahl. “Nothing has been agreed.”\n\n"
    + "The road to the fjord was closed again, and nobody could say when it would open. "
    * 30
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_a_reading_hangs_together(reader: Reader) -> None:
    page = read_page(TEXT, source="test")
    reading = reader.read(page)
    assert [t.i for t in reading.tokens] == list(range(len(reading.tokens)))
    for token in reading.tokens:
        assert page.text[token.start : token.end] == token.text
        assert token.head == -1 or reading.tokens[token.head].sentence == token.sentence
        assert token.head != token.i
    for number, sentence in enumerate(reading.sentences):
        tokens = reading.sentence_tokens(sentence)
        assert {t.sentence for t in tokens} == {number}
        assert sum(t.head == -1 for t in tokens) == 1
        assert (tokens[0].start, tokens[-1].end) == (sentence.start, sentence.end)
    assert sum(len(c) for c in reading.children) == len(reading.tokens) - len(reading.sentences)
    assert all(list(a.content) == sorted(a.content) and a.content for a in reading.attributions)


def test_what_is_said_is_found(reader: Reader) -> None:
    page = read_page(TEXT, source="test")
    reading = reader.read(page)
    found = {
        (page.text[slice(*a.source)] if a.source else None, page.text[slice(*a.content[0])])
        for a in reading.attributions
    }
    assert ("The Norwegian Foreign Ministry", "that two envoys would meet in Oslo") in found
    assert any(content == "“We expect an honest talk,”" for _, content in found)
    assert "Kari Dahl" in {page.text[e.start : e.end] for e in reading.entities if e.label == "Person"}


def test_a_page_reads_the_same_in_any_company(reader: Reader) -> None:
    pages = [read_page(text, source="test") for text in (TEXT, TEXT[:300], TEXT[60:900])]
    alone = [reader.read(page) for page in pages]
    assert list(reader.read_many([*pages, *reversed(pages)])) == [*alone, *reversed(alone)]
    assert Reader(threads=2).read(pages[0]) == alone[0]


def test_a_copy_is_not_encoded_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read_page(TEXT, source="test")
    first = reader.read(page)
    copy = read_page(TEXT.replace(" said", "  said"), source="copy")
    apart = Reader().read(copy)
    monkeypatch.setattr(reader, "_session", None)
    assert reader.read(page) == first
    assert reader.read(copy) == apart  # the same words, elsewhere in the text
    with pytest.raises(AttributeError):
        reader.read(read_page(TEXT.replace("Oslo", "Bergen"), source="other"))


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.reader.REMEMBERED", 2)
    reader = Reader()
    pages = [read_page(f"Envoys meet.\n\nThe two sides met {n} times in Oslo.", source="test") for n in range(4)]
    readings = [reader.read(page) for page in pages]
    assert len(reader._seen) == 2
    assert [reader.read(page) for page in pages] == readings


def test_missing_and_damaged_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="cannot be loaded"):
        Reader(tmp_path)
    for name in ("reader.onnx", "reader.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"not weights")
    with pytest.raises(ReaderError) as caught:
        Reader(tmp_path)
    assert "\n" not in str(caught.value)


def test_lemma_scripts() -> None:
    assert edited("Said", (True, 3, "ay")) == "say"
    assert edited("NATO", (False, 0, "")) == "NATO"
    assert edited("a", (False, 1, "")) == "a"


def test_an_abbreviation_before_a_small_letter_ends_no_sentence(reader: Reader) -> None:
    page = read_page("The U.S. has suspended aid to the group known as the White Shovels.", source="test")
    assert len(reader.read(page).sentences) == 1
