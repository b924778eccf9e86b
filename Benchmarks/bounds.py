#!/usr/bin/env python3
"""Measures the bounds that the chapter Limits promises, on the worst files that can be built.

    bounds.py ATREST [NAME…]      writes a table in Markdown; files go to $TMPDIR and are deleted

Each file is made by a generator below, whose comment says what is bad about it. Its wall time, processor time and peak memory
are those of `atrest verify --quiet`, with 1 and 2 jobs.
"""
import bz2, gzip, hashlib, io, lzma, os, struct, subprocess, sys, tarfile, tempfile, time, zipfile

MIB = 1 << 20


def fnv(data):
    number = 0xCBF29CE484222325
    for byte in data:
        number = ((number ^ byte) * 0x100000001B3) & (2**64 - 1)
    return number


def varint(number):
    out = b""
    while number >= 0x80:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def revision(main):
    return struct.pack(">Q", main) + b"_" + bytes(8)


def key_value(key, value, main=2):
    return (b"\x0a" + varint(len(key)) + key + b"\x10" + varint(main) + b"\x18" + varint(main) + b"\x20\x01\x2a"
            + varint(len(value)) + value)


def header(page, flags, count, overflow=0):
    return struct.pack("<QHHI", page, flags, count, overflow)


def leaf(page, rows, overflow=0):
    table, data, start = [], [], 16 * len(rows)
    for index, (flags, key, value) in enumerate(rows):
        table.append(struct.pack("<IIII", flags, start - 16 * index, len(key), len(value)))
        data += [key, value]
        start += len(key) + len(value)
    return header(page, 2, len(rows), overflow) + b"".join(table) + b"".join(data)


def branch(page, children, overflow=0):
    table, data, start = [], [], 16 * len(children)
    for index, (key, child) in enumerate(children):
        table.append(struct.pack("<IIQ", start - 16 * index, len(key), child))
        data.append(key)
        start += len(key)
    return header(page, 1, len(children), overflow) + b"".join(table) + b"".join(data)


def meta(index, size, pages, transaction):
    body = struct.pack("<IIIIQQQQQ", 0xED0CDAED, 2, size, 0, 2, 0, 2**64 - 1, pages, transaction)
    return header(index, 4, 0) + body + struct.pack("<Q", fnv(body))


def secret(name, padding=b""):
    metadata = b"\x0a" + varint(len(name)) + name + b"\x1a\x01d"
    body = b"\x0a" + varint(len(metadata)) + metadata + padding + b"\x1a\x06Opaque"
    return (b"k8s\0\x0a\x0c\x0a\x02v1\x12\x06Secret\x12" + varint(len(body)) + body + b"\x1a\0\"\0")


SEALED = b"k8s:enc:secretbox:v1:key1:" + hashlib.sha512(b"x").digest() * 3


class Image:
    """A bbolt file: pages are put where they belong, and the rest is zero."""

    def __init__(self, size=4096):
        self.size, self.parts, self.next = size, {}, 4

    def take(self, make, count=None):
        """Puts the page that make(number) answers, with its overflow, behind the last; answers its number."""
        page = self.next
        data = make(page)
        pages = count or -(-len(data) // self.size)
        self.parts[page] = data[:12] + struct.pack("<I", pages - 1) + data[16:]
        self.next += pages
        return page

    def tree(self, leaves):
        """Branches above leaves, which are (first key, page); answers the root."""
        while len(leaves) > 1:
            above = []
            for start in range(0, len(leaves), 100):
                part = leaves[start:start + 100]
                above.append((part[0][0], self.take(lambda page: branch(page, part))))
            leaves = above
        return leaves[0][1]

    def write(self, file, root, extra=()):
        buckets = [(1, b"key", struct.pack("<QQ", root, 0)), (1, b"meta", bytes(16) + header(0, 2, 0))] + list(extra)
        self.parts[2] = leaf(2, buckets)
        self.parts[0], self.parts[1] = meta(0, self.size, self.next, 5), meta(1, self.size, self.next, 4)
        digest, position = hashlib.sha256(), 0
        for page in sorted(self.parts):
            gap, data = page * self.size - position, self.parts[page]
            for piece in (bytes(gap), data):
                digest.update(piece)
                file.write(piece)
            position = page * self.size + len(data)
        end = bytes(self.next * self.size - position)
        digest.update(end)
        file.write(end + digest.digest())


def store(rows_of_pages):
    """An image whose leaves hold these rows, each (etcd key, value)."""
    image, leaves, main = Image(), [], 2
    for rows in rows_of_pages:
        first, entries = revision(main), []
        for key, value in rows:
            entries.append((0, revision(main), key_value(key, value, main)))
            main += 1
        leaves.append((first, image.take(lambda page: leaf(page, entries))))
    return image, image.tree(leaves)


def one():
    return store([[(b"/registry/secrets/d/a", SEALED)]])


# MARK: The files. Each answers rows in scope and pages, of which the promised memory is made.

def largest_pages(file):
    """Pages of 65,534 elements, the most that a count can tell, each a row in scope."""
    pages = [[(b"/registry/secrets/d/%07d" % (page * 65534 + row), b"x") for row in range(65534)] for page in range(8)]
    image, root = store(pages)
    image.write(file, root)
    return 8 * 65534, image.next


def deepest_tree(file):
    """A chain of 60 branches with one child each, thousands of times."""
    image, leaves = Image(512), []
    for number in range(2000):
        entry = [(0, revision(2 + number), key_value(b"/registry/secrets/d/%07d" % number, b"x", 2 + number))]
        page = image.take(lambda page: leaf(page, entry))
        for _ in range(60):
            child = page
            page = image.take(lambda page: branch(page, [(revision(2 + number), child)]))
        leaves.append((revision(2 + number), page))
    image.write(file, image.tree(leaves))
    return 2000, image.next


def tiny_values(file):
    """Two million values of one byte in scope."""
    pages = ([(b"/registry/secrets/d/%07d" % (page * 1000 + row), b"x") for row in range(1000)] for page in range(2000))
    image, root = store(pages)
    image.write(file, root)
    return 2_000_000, image.next


def overlapping_runs(file):
    """Each free page claims all pages behind it."""
    image, root = one()
    for number in range(16000):
        image.take(lambda page: header(page, 2, 60, 0) + leaf(page, [(0, revision(9), SEALED)] * 10)[16:], 1)
    last = image.next
    for page, data in list(image.parts.items()):
        if page > root: image.parts[page] = data[:12] + struct.pack("<I", last - page - 1) + data[16:]
    image.write(file, root)
    return 0, image.next


def patterns(file, pattern=b"k8s\0\x0a\x0c\x0a\x02v1\x12\x06Secret\x12"):
    """64 MiB of free pages that are nothing but what is searched for."""
    image, root = one()
    image.take(lambda page: (pattern * (64 * MIB // len(pattern) + 1))[:64 * MIB])
    image.write(file, root)
    return 64 * MIB // len(pattern), image.next


def kinds(file):
    """64 MiB of free pages of the shortest sign of a Secret in JSON."""
    rows, pages = patterns(file, b'{"kind":"Secret"')
    return rows, pages


def stale_rows(file):
    """64 MiB of free pages of rows whose values claim a gigabyte."""
    image, root = one()
    body = b"".join(
        revision(1000 + number) + b"\x0a\x1a/registry/secrets/d/%06d" % number + b"\x10\x02\x18\x02\x20\x01\x2a"
        + varint(2**30) + b"k8s\0" for number in range(64 * MIB // 64))
    image.take(lambda page: body[:64 * MIB])
    image.write(file, root)
    return 64 * MIB // 64, image.next


def long_names(file):
    """2,000 plaintext Secrets with names of 32 KiB."""
    names = (b"%05d" % number + b"n" * 32763 for number in range(2000))
    image, root = store([(b"/registry/secrets/d/" + name, secret(name[:200]))] for name in names)
    image.write(file, root)
    return 2000, image.next


def findings(file):
    """100,000 plaintext Secrets."""
    pages = ([(b"/registry/secrets/d/%07d" % (page * 20 + row), secret(b"s%07d" % (page * 20 + row))) for row in range(20)]
             for page in range(5000))
    image, root = store(pages)
    image.write(file, root)
    return 100_000, image.next


def sparse(file):
    """A file of 4 GiB that is one hole behind its pages."""
    image, root = one()
    image.write(file, root)
    file.truncate(4 << 30)
    return 1, (4 << 30) // 4096


def bomb(pack):
    def make(file):
        pack(file)
        return 0, 0
    make.__doc__ = pack.__doc__
    return make


@bomb
def gzip_bomb(file):
    """2 GiB of zeros as gzip."""
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9) as packed:
        for _ in range(2048): packed.write(bytes(MIB))


@bomb
def bzip2_bomb(file):
    """1 GiB of zeros as bzip2."""
    packer = bz2.BZ2Compressor()
    for _ in range(1024): file.write(packer.compress(bytes(MIB)))
    file.write(packer.flush())


@bomb
def xz_bomb(file):
    """2 GiB of zeros as xz."""
    packer = lzma.LZMACompressor(preset=1)
    for _ in range(2048): file.write(packer.compress(bytes(MIB)))
    file.write(packer.flush())


@bomb
def zip_bomb(file):
    """2 GiB of zeros in a zip archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.db", "w", force_zip64=True) as entry:
        for _ in range(2048): entry.write(bytes(MIB))


@bomb
def tar_xz_bomb(file):
    """1 GiB of zeros in a tar archive as xz."""
    packer = lzma.LZMACompressor(preset=1)
    info = tarfile.TarInfo("a.db")
    info.size = 1024 * MIB
    for piece in [info.tobuf()] + [bytes(MIB)] * 1024 + [bytes(1024)]: file.write(packer.compress(piece))
    file.write(packer.flush())


@bomb
def nested_bomb(file):
    """gzip in gzip in gzip, of zeros."""
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb") as packed:
        for _ in range(1024): packed.write(bytes(MIB))
    file.write(gzip.compress(gzip.compress(data.getvalue())))


@bomb
def zstd_bomb(file):
    """2 GiB of zeros as zstd, with a window of 128 MiB."""
    packer = subprocess.Popen(["zstd", "-q", "--long=27", "-c"], stdin=subprocess.PIPE, stdout=file)
    for _ in range(2048): packer.stdin.write(bytes(MIB))
    packer.stdin.close()
    packer.wait()


FILES = [largest_pages, deepest_tree, tiny_values, overlapping_runs, patterns, kinds, stale_rows, long_names, findings,
         sparse, gzip_bomb, bzip2_bomb, xz_bomb, zip_bomb, tar_xz_bomb, nested_bomb, zstd_bomb]


def apart(make, file):
    """Makes a file in a process of its own: the peak memory of a program counts that of the one that started it."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        answer = make(file)
        file.flush()
        os.write(writing, struct.pack("<QQ", *answer))
        os._exit(0)
    os.close(writing)
    answer = struct.unpack("<QQ", os.read(reading, 16))
    os.close(reading)
    os.wait()
    return answer


def measure(atrest, path, jobs):
    """Wall and processor seconds, peak memory in MiB, and the status of one call."""
    paths = [path] * jobs
    start = time.monotonic()
    child = subprocess.Popen([atrest, "verify", "--quiet", "--jobs", str(jobs)] + paths, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return (time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            os.waitstatus_to_exitcode(status))


def main():
    atrest, names = sys.argv[1], sys.argv[2:]
    print("| file | MB | wall | processor | memory | with 2 jobs | promised | held | status |")
    print("|---|---|---|---|---|---|---|---|---|")
    for make in FILES:
        name = make.__doc__.rstrip(".").replace("\n", " ") if make.__doc__ else ""
        if names and not any(part in name for part in names): continue
        with tempfile.NamedTemporaryFile() as file:
            rows, pages = apart(make, file)
            size = os.path.getsize(file.name) / 1e6
            wall, processor, memory, status = measure(atrest, file.name, 1)
            twice = measure(atrest, file.name, 2)
            # Limits: 64 MiB, 100 bytes a row or object in scope, 50 bytes a page, and a decoder's window.
            promised = 64 + (100 * rows + 50 * pages) / MIB + (0 if rows or pages else 128)
            held = memory <= promised and twice[2] <= 2 * promised and status >= 0
            print(f"| {name} | {size:.0f} | {wall:.2f} s | {processor:.2f} s | {memory:.0f} MiB | {twice[2]:.0f} MiB "
                  f"| {promised:.0f} MiB | {'yes' if held else 'no'} | {status} |", flush=True)


main()
