#!/usr/bin/env python3
"""Writes the archives that tests of `gate fetch` bring, good and hostile ones, into this folder."""
import io
import stat
import struct
import sys
import zipfile

REPORT = '<testsuite name="s" tests="1"><testcase classname="a" name="%s"/></testsuite>\n'


def archive(name, *members):
    """Members: (name, data), or (ZipInfo, data)."""
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for member, data in members:
            z.writestr(member, data)


def special(name, mode, data):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.create_system = 3
    return info, data


def patched(name, source, old, new, count=-1):
    with open(source, "rb") as f:
        data = f.read()
    assert old in data, name
    with open(name, "wb") as f:
        f.write(data.replace(old, new, count))


def main():
    archive("good.zip", ("unit.xml", REPORT % "one"), ("deep/er/web.xml", REPORT % "two"), ("deep/", ""))
    archive("other.zip", ("unit.xml", REPORT % "other"))
    archive("words.zip", ("a report of 1 Größe/ü b.xml", REPORT % "words"), special("run.sh", stat.S_IFREG | 0o4755, "exit\n"))
    archive("empty.zip")
    archive("up.zip", ("fine.xml", "fine"), ("../evil.xml", "evil"))
    archive("middle.zip", ("a/../../evil.xml", "evil"))
    archive("absolute.zip", ("/tmp/evil-of-gate.xml", "evil"))
    archive("back.zip", ("..\\evil.xml", "evil"))
    archive("control.zip", ("a\x1b[31m\nb.xml", "evil"))
    archive("long.zip", ("x" * 300 + ".xml", "long"))
    archive("deep.zip", ("d/" * 300 + "x.xml", "deep"))
    archive("link.zip", special("out", stat.S_IFLNK | 0o777, "/tmp"), ("out/evil.xml", "evil"))
    archive("device.zip", special("dev", stat.S_IFCHR | 0o644, ""))
    archive("many.zip", *((str(i), "") for i in range(50001)))
    archive("file-folder.zip", ("a", "file"), ("a/b", "in it"))
    archive("aa.zip", ("a.xml", "first"), ("b.xml", "second"))
    patched("twice.zip", "aa.zip", b"b.xml", b"a.xml")
    archive("text.zip", ("a.xml", REPORT % "one" * 50))
    size = struct.pack("<L", len(REPORT % "one") * 50)
    patched("bomb.zip", "text.zip", size, struct.pack("<L", 0xfffffff0))   # says 4 GB
    patched("lies.zip", "text.zip", size, struct.pack("<L", 7))            # says 7 bytes
    with open("good.zip", "rb") as f:
        good = f.read()
    for name, data in (("cut.zip", good[:len(good) // 2]), ("tail.zip", good[-60:]), ("nothing.zip", b""),
                       ("page.zip", b"<html>log in</html>"), ("crc.zip", io.BytesIO(good).getvalue())):
        with open(name, "wb") as f:
            f.write(data)
    at = good.index(b"unit.xml") + len("unit.xml") + 8
    with open("crc.zip", "wb") as f:
        f.write(good[:at] + bytes([good[at] ^ 0xff]) + good[at + 1:])


if __name__ == "__main__":
    sys.exit(main())
