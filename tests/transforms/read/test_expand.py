import gzip
import os
from pathlib import Path

import pytest

from transforms.read import InputError, dispatch, expand, read_path, unreadable


@pytest.fixture
def folder(write, tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.jsonl",
        "deep/c.html.gz",
        "deep/picture.png",
        "README.md",
        "LICENSE",
        "provenance.csv",
        ".hidden/d.txt",
    ):
        write(f"news/{name}", "x")
    return tmp_path / "news"


def test_folder_gives_all_files_beneath_it_but_side_files(folder) -> None:
    names = [path.relative_to(folder).as_posix() for path in expand([str(folder)])]
    assert names == ["a.jsonl", "b.txt", "deep/c.html.gz", "deep/picture.png"]


def test_globs_and_repeated_inputs(folder) -> None:
    assert list(expand([f"{folder}/*.txt", f"{folder}/b.txt", f"{folder}/../news/b.txt"])) == [folder / "b.txt"]
    assert [path.name for path in expand([f"{folder}/**/*.gz"])] == ["c.html.gz"]


def test_urls_stay_as_they_are() -> None:
    assert list(expand(["https://example.org/a", "HTTP://example.org", "https://example.org/a"])) == [
        "https://example.org/a",
        "HTTP://example.org",
    ]


def test_file_named_directly_is_read_even_if_it_is_called_readme(write) -> None:
    path = write("README.txt", "x")
    assert list(expand([str(path)])) == [path]


def test_what_is_not_there_is_said(folder, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    for given, message in [
        (f"{folder}/b.tex", r"no such file or folder: .*b\.tex; did you mean .*b\.txt\?"),
        (f"{tmp_path}/nowhere/b.txt", "there is no folder"),
        (f"{tmp_path}/empty", "holds no articles.*jsonl"),
        (f"{folder}/*.csv", "no file matches"),
        ("ftp://example.org/a", "only http"),
    ]:
        with pytest.raises(InputError, match=message):
            list(expand([given]))


def test_files_named_directly_that_cannot_be_read(folder, write, rejects) -> None:
    cases = {
        "odd.bin": (b"\x00\x01", "is of no form that can be read", "unsupported format"),
        "odd": (b"\x1f\x8b rubbish", "cannot read", "broken gzip"),
        "empty.xml": (b"", "is empty", "empty file"),
        "blank.txt.gz": (gzip.compress(b" \n" * 9000), "is empty", "empty file"),
    }
    paths = {name: write(name, content) for name, (content, _, _) in cases.items()}
    found = unreadable([*map(str, paths.values()), str(folder), f"{folder}/b.txt", "https://example.org/a"])
    assert set(found) == {str(path) for path in paths.values()}
    for name, (_, message, reason) in cases.items():
        assert message in found[str(paths[name])]
        assert [reject.reason for reject in rejects(paths[name])] == [reason]


def test_unsupported_file_in_a_folder_is_a_reject(write, rejects) -> None:
    (reject,) = rejects(write("news/deep/picture.png", b"\x89PNG\r\n"))
    assert reject.reason == "unsupported format"
    assert ".jsonl" in (reject.detail or "")


def test_a_link_to_nothing_is_a_reject(tmp_path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (path,) = expand([str(tmp_path)])
    (reject,) = read_path(path)
    assert reject.reason == "unreadable file"


def test_file_that_vanished_is_a_reject(tmp_path) -> None:
    (reject,) = read_path(tmp_path / "gone.txt")
    assert reject.reason == "unreadable file"


def test_document_that_is_too_large_is_a_reject(write, monkeypatch, rejects) -> None:
    monkeypatch.setattr("transforms.read.source.MAX_WHOLE_BYTES", 10)
    (reject,) = rejects(write("a.txt", "far more than ten bytes"))
    assert reject.reason == "file too large"


def test_every_format_has_a_reader() -> None:
    assert set(dispatch.READERS) == set(dispatch.Format)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "an input is empty"),
        ("word " * 2000, "File name too long"),
        ("~nobody-of-this-name/a.txt", "home directory"),
        ("/dev/null", "neither a file nor a folder"),
    ],
)
def test_names_that_can_be_no_files(given, message) -> None:
    with pytest.raises(InputError, match=message) as error:
        list(expand([given]))
    assert len(str(error.value)) < 400


def test_file_names_in_an_old_encoding(tmp_path, rejects) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"")
    (reject,) = rejects(path)
    assert reject.source.endswith("caf\\udce9.txt")


def test_blanks_before_the_text(write, articles, rejects) -> None:
    (article,) = articles(write("a.txt", " \n" * 9000 + "The bridge was closed."))
    assert article.text.strip() == "The bridge was closed."
    assert [reject.reason for reject in rejects(write("b.txt", " \n" * 9000))] == ["empty file"]
