"""`tinhso ingest` and `tinhso articles`: reports, bad input, and what the library then holds."""

import json
import os
from pathlib import Path

import pytest

from tests.bot.conftest import DIGESTS, Run
from tests.ingest.old_fonts import tcvn3

HILL = """Xã Đồi Chè bán hàng qua mạng

Xã Đồi Chè có 37 hộ bán chè qua sàn thương mại điện tử. Doanh thu năm 2023 tăng 18% so với năm trước.
"""
RIVER = HILL.replace("Đồi Chè", "Sông Lam").replace("37", "52")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bài"
    folder.mkdir()
    (folder / "doi.txt").write_text(HILL, encoding="utf-8")
    (folder / "song.txt").write_text(RIVER, encoding="utf-8")
    return folder


def test_ingest_json_has_the_fixed_form(fresh: Run, folder: Path) -> None:
    first = json.loads(fresh("ingest", folder, "--json").out)
    assert first.pop("seconds") > 0
    assert first == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "told": 0,
        "renamed": 0,
        "failed": [],
        "skipped": [],
        "converted": [],
        "suspicious": [],
        "retired": [],
        "passed_over": {},
    }
    (folder / "song.txt").write_text(RIVER.replace("52", "60"), encoding="utf-8")
    (folder / "thêm.txt").write_text(HILL, encoding="utf-8")
    (folder / "trống.txt").write_bytes(b"")
    done = fresh("ingest", folder, "--json")
    assert (done.status, done.err) == (1, "")
    second = json.loads(done.out)
    assert set(second) == {
        "added",
        "updated",
        "unchanged",
        "duplicates",
        "told",
        "failed",
        "skipped",
        "converted",
        "renamed",
        "suspicious",
        "retired",
        "passed_over",
        "seconds",
    }
    assert [second[name] for name in ("added", "updated", "unchanged", "duplicates")] == [0, 1, 1, 1]
    (failure,) = second["failed"]
    assert set(failure) == {"source", "error"}
    assert failure["source"] == str(folder / "trống.txt")


def test_ingest_tells_a_reader_what_it_did(fresh: Run, folder: Path) -> None:
    (folder / "thêm.txt").write_text(HILL, encoding="utf-8")
    done = fresh("ingest", folder)
    assert done.status == 0
    assert done.out.startswith("2 added, 0 updated, 0 unchanged, 1 duplicate, 0 failed in ")
    assert done.err == f"duplicate: {folder / 'thêm.txt'}: it is in the library already, from another source\n"
    assert "\x1b" not in done.out + done.err


def test_off_topic_articles_are_skipped_and_told_unless_wanted(fresh: Run, tmp_path: Path) -> None:
    soup = tmp_path / "canh.txt"
    soup.write_text(
        "Cách nấu canh chua cá lóc miền Tây\n\nCá làm sạch, ướp muối. Me dầm lấy nước, nêm vừa ăn.\n", encoding="utf-8"
    )
    done = fresh("ingest", soup)
    assert done.status == 0
    assert "0 added" in done.out and "1 skipped" in done.out
    assert done.err.startswith(f"skipped: {soup}: not about digital transformation")
    (skip,) = json.loads(fresh("ingest", soup, "--json").out)["skipped"]
    assert skip["source"] == str(soup) and "--any-topic" in skip["reason"]
    assert "1 added" in fresh("ingest", soup, "--any-topic").out
    assert "1 unchanged" in fresh("ingest", soup).out


def test_conversions_are_told(fresh: Run, tmp_path: Path) -> None:
    old = tmp_path / "cu.txt"
    old.write_bytes(tcvn3(HILL))
    assert fresh("ingest", old).err == f"converted: {old}: TCVN3\n"


def test_many_copies_are_counted_and_a_few_named(fresh: Run, folder: Path) -> None:
    for number in range(8):
        (folder / f"thêm {number}.txt").write_text(HILL, encoding="utf-8")
    done = fresh("ingest", folder)
    assert "8 duplicate" in done.out
    *named, rest = done.err.splitlines()
    assert len(named) == 5 and all("thêm" in line for line in named)
    assert rest == "duplicate: and 3 more"


def test_bad_input_gets_a_line_each_and_the_rest_is_in(fresh: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.md").write_bytes(bytes(range(256)) * 64)
    (folder / "c.html").write_text(
        "<!doctype html><html><head><title>Xã</title></head><body><div><p>", encoding="utf-8"
    )
    bare = tmp_path / "rỗng"
    bare.mkdir()
    missing = tmp_path / "không có"
    done = fresh("ingest", folder, bare, missing)
    assert done.status == 1
    assert done.out.startswith("2 added, 0 updated, 0 unchanged, 0 duplicate, 5 failed in ")
    lines = done.err.splitlines()
    assert len(lines) == 5
    for line, source in zip(lines, (folder / "a.txt", folder / "b.md", folder / "c.html", bare, missing), strict=True):
        assert line.startswith(f"failed: {source}: ")
    assert fresh("ask", "Xã Sông Lam có bao nhiêu hộ bán chè?").status == 0


def test_a_page_cut_short_is_told(fresh: Run, tmp_path: Path) -> None:
    page = tmp_path / "cut.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in RIVER.splitlines()[2:])
    page.write_text(f"<html><body><article><h1>Xã Sông Lam</h1>{paragraphs}<p>Năm 20", encoding="utf-8")
    done = fresh("ingest", page)
    assert done.status == 1
    assert done.err.startswith(f"failed: {page}: ")
    assert "breaks off" in done.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_fails_alone(fresh: Run, folder: Path) -> None:
    (folder / "doi.txt").chmod(0)
    done = fresh("ingest", folder)
    assert done.status == 1
    assert "check its permissions" in done.err
    assert done.out.startswith("1 added")


def test_a_data_dir_that_is_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Run) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("TINHSO_DATA_DIR", str(tmp_path / "file"))
    done = fresh("ingest", DIGESTS[0])
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("tinhso: ")
    assert "TINHSO_DATA_DIR" in done.err


def test_articles_come_and_go(fresh: Run, folder: Path) -> None:
    fresh("ingest", folder)
    listed = fresh("articles", "list").out.splitlines()
    assert [line.split("  ")[2] for line in listed] == ["Xã Đồi Chè bán hàng qua mạng", "Xã Sông Lam bán hàng qua mạng"]
    source = str(folder / "song.txt")
    shown = fresh("articles", "show", source).out
    assert "title:     Xã Sông Lam bán hàng qua mạng\n" in shown
    assert "52 hộ" in shown
    assert fresh("articles", "remove", source).out == f"removed: {source}\n"
    assert source not in fresh("articles", "list").out
    for command in ("show", "remove"):
        done = fresh("articles", command, source)
        assert (done.status, done.out) == (1, "")
        assert "is not in the library" in done.err
    assert json.loads(fresh("ingest", folder, "--json").out)["added"] == 1


def test_articles_of_one_province(tinhso: Run) -> None:
    done = tinhso("articles", "list", "--province", "quang ninh", "--json")
    articles = [json.loads(line) for line in done.out.splitlines()]
    assert articles
    for article in articles:
        assert set(article) == {"source", "title", "publisher", "url", "published", "provinces", "chunks"}
        assert "Quảng Ninh" in article["provinces"]
    assert len(tinhso("articles", "list").out.splitlines()) == len(DIGESTS)


@pytest.mark.parametrize("command", [["articles", "list"], ["figures"]])
def test_an_unknown_province_is_told(tinhso: Run, command: list[str]) -> None:
    done = tinhso(*command, "--province", "Atlantis")
    assert (done.status, done.out) == (2, "")
    assert "no province is called 'Atlantis'" in done.err


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(fresh: Run, folder: Path, tmp_path: Path) -> None:
    done = fresh("ingest", folder, "--dry-run")
    assert done.out.startswith("would be: 2 added, 0 updated, ")
    assert not (tmp_path / "var").exists()
    fresh("ingest", folder)
    (folder / "song.txt").write_text(RIVER.replace("52", "60"), encoding="utf-8")
    (folder / "ba.txt").write_text(RIVER.replace("52", "90").replace("Sông Lam", "Ba Vàm"), encoding="utf-8")
    planned = json.loads(fresh("ingest", folder, "--dry-run", "--json").out)
    assert (planned["added"], planned["updated"], planned["unchanged"]) == (1, 1, 1)
    assert len(fresh("articles", "list").out.splitlines()) == 2


def test_quiet_says_only_what_failed(fresh: Run, folder: Path) -> None:
    done = fresh("ingest", folder, "--quiet")
    assert (done.status, done.out, done.err) == (0, "", "")
    (folder / "trống.txt").write_bytes(b"")
    done = fresh("ingest", folder, "--quiet")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("failed: ") and len(done.err.splitlines()) == 1


def test_failures_are_remembered_until_the_source_can_be_read(
    fresh: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = folder / "hỏng.txt"
    broken.write_bytes(b"")
    fresh("ingest", folder)
    (line,) = fresh("articles", "list", "--failed").out.splitlines()
    assert str(broken) in line and "is empty" in line
    told = json.loads(fresh("articles", "list", "--failed", "--json").out)
    assert set(told) == {"source", "error", "failed_at"}
    assert fresh("articles", "list", "--failed", "--since", "2999-01-01").out == ""
    assert "1 sources failed" in fresh("doctor").out
    broken.write_text(RIVER.replace("Sông Lam", "Ba Vàm").replace("52", "11"), encoding="utf-8")
    monkeypatch.chdir(folder)
    fresh("ingest", broken.name)  # under another name of the same file
    assert fresh("articles", "list", "--failed").out == ""
    gone = folder / "không có.txt"
    fresh("ingest", gone)
    assert fresh("articles", "remove", gone).status == 0
    assert fresh("articles", "list", "--failed").out == ""


def test_what_came_since_a_day(fresh: Run, folder: Path) -> None:
    fresh("ingest", folder)
    assert len(fresh("articles", "list", "--since", "2020-01-01").out.splitlines()) == 2
    assert fresh("articles", "list", "--since", "2999-01-01").out == ""
    assert fresh("articles", "list", "--since", "hôm qua").status == 2


def test_the_history_of_a_corrected_article(fresh: Run, folder: Path) -> None:
    fresh("ingest", folder)
    (folder / "song.txt").write_text(RIVER.replace("18%", "19%"), encoding="utf-8")
    fresh("ingest", folder)
    first, second, *changes = fresh("articles", "show", folder / "song.txt", "--history").out.splitlines()
    assert first.startswith("1. ") and " until " in first
    assert second.startswith("2. ") and " now " in second
    (change,) = changes
    assert change.startswith("   changed: ") and change.endswith(": 18% -> 19%")


def test_a_near_copy_is_shown_with_its_story(fresh: Run, folder: Path) -> None:
    text = (folder / "song.txt").read_text(encoding="utf-8")
    (folder / "chép.txt").write_text(text.replace(" so với năm trước", " so với năm ngoái"), encoding="utf-8")
    assert fresh("ingest", folder).out.startswith("3 added")
    assert f"also in:   {folder / 'song.txt'}\n" in fresh("articles", "show", folder / "chép.txt").out


def test_pages_that_an_article_tells_are_counted_apart(fresh: Run, folder: Path) -> None:
    (folder / "a.md").write_text("---\nurl: https://example.vn/pci\n---\n" + HILL, encoding="utf-8")
    table = folder / "z.csv"
    table.write_text(
        "province,indicator,value,unit,period,kind,source_url\nSơn La,PCI,7,hạng,2019,rank,https://example.vn/pci\n"
    )
    done = fresh("ingest", folder / "a.md", table)
    assert done.out.startswith("1 added, 0 updated, 0 unchanged, 0 duplicate, 0 failed in ")
    assert done.out.endswith("; 1 pages of tables already told by an article\n")
    assert done.err == ""
    assert json.loads(fresh("ingest", folder / "a.md", table, "--json").out)["told"] == 1
