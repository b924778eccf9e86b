#!/usr/bin/env python3
"""Measures the bounds that the chapter Limits promises, on the worst files that can be built.

    bounds.py ATREST [NAME…]      writes a table in Markdown; files go to $TMPDIR and are deleted

Each file is made by a generator below, whose comment says what is bad about it. Its wall time, processor time and peak memory
are those of `atrest verify --quiet` with one job; beside them stands the memory of two jobs, which read it at once, and of a
pipe.
"""
import bz2, gzip, hashlib, io, itertools, lzma, os, shutil, struct, subprocess, sys, tarfile, tempfile, time, zipfile

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

    def pieces(self, root, extra=()):
        """The bytes of the file, piece by piece, without the SHA-256 at the end."""
        buckets = [(1, b"key", struct.pack("<QQ", root, 0)), (1, b"meta", bytes(16) + header(0, 2, 0))] + list(extra)
        self.parts[2] = leaf(2, buckets)
        self.parts[0], self.parts[1] = meta(0, self.size, self.next, 5), meta(1, self.size, self.next, 4)
        position = 0
        for page in sorted(self.parts):
            yield from zeros(page * self.size - position)
            yield self.parts[page]
            position = page * self.size + len(self.parts[page])
        yield from zeros(self.next * self.size - position)

    def write(self, file, root, extra=()):
        digest = hashlib.sha256()
        for piece in self.pieces(root, extra):
            digest.update(piece)
            file.write(piece)
        file.write(digest.digest())


def zeros(count):
    whole, rest = divmod(count, MIB)
    yield from itertools.repeat(bytes(MIB), whole)
    yield bytes(rest)


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
    """Ten million values of one byte in scope."""
    pages = ([(b"/registry/secrets/d/%07d" % (page * 1000 + row), b"x") for row in range(1000)] for page in range(10_000))
    image, root = store(pages)
    image.write(file, root)
    return 10_000_000, image.next


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


GZIP_HEAD = b"\x1f\x8b\x08\x08"


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


def gzip_heads(file):
    """64 MiB of free pages of heads of gzip with names that end nowhere."""
    return patterns(file, GZIP_HEAD)


def signs_in_value(file, pattern=b'{"kind":"Secret"'):
    """63 MiB of that sign in one value; a longer one is not read."""
    image, root = store([[(b"/registry/secrets/d/a", pattern * (63 * MIB // len(pattern)))]])
    image.write(file, root)
    return 63 * MIB // len(pattern), image.next


def gzip_heads_in_value(file):
    """63 MiB of those heads in one value."""
    return signs_in_value(file, GZIP_HEAD)


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
    """100,000 plaintext Secrets with names of 32 KiB."""
    names = (b"%06d" % number + b"n" * 32762 for number in range(100_000))
    image, root = store([(b"/registry/secrets/d/" + name, secret(name[:200]))] for name in names)
    image.write(file, root)
    return 100_000, image.next


def findings(file):
    """100,000 plaintext Secrets."""
    pages = ([(b"/registry/secrets/d/%07d" % (page * 20 + row), secret(b"s%07d" % (page * 20 + row))) for row in range(20)]
             for page in range(5000))
    image, root = store(pages)
    image.write(file, root)
    return 100_000, image.next


def half_free(file):
    """Half of 256 MiB of pages are free, and hold a million old plaintext Secrets."""
    image, leaves, main = Image(), [], 2
    for number in range(32 * 1024):
        keys = [(main + row, b"/registry/secrets/d/%07d" % (main + row)) for row in range(30)]
        new = [(0, revision(main), key_value(key, SEALED, main)) for main, key in keys[:12]]
        old = [(0, revision(main), key_value(key, secret(key[20:]), main)) for main, key in keys]
        leaves.append((revision(main), image.take(lambda page: leaf(page, new))))
        image.take(lambda page: leaf(page, old))
        main += 30
    image.write(file, image.tree(leaves))
    # Limits: an object that can be read where no page in use owns it takes 600 bytes more, as five rows.
    return 32 * 1024 * (12 + 6 * 30), image.next


def hollow(file, size, damage=False, tail=b"", claims=False):
    """A small database, and a hole up to `size`; the answer counts the pages that are not in the hole."""
    image, root = store([(b"/registry/secrets/d/%04d-%04d" % (page, row), SEALED) for row in range(10)]
                        for page in range(300))
    pages = image.next
    if claims: image.next = size // image.size
    for piece in itertools.islice(image.pieces(root), 2 * pages): file.write(piece)
    file.truncate(pages * image.size)
    if damage:
        file.seek(20 * image.size + 8)
        file.write(b"\x77\x77")
    file.truncate(size)
    if tail:
        file.seek(size - len(tail))
        file.write(tail)
    return 3000, pages


def sparse(file):
    """A sound database, and a hole of 1 TB behind it."""
    return hollow(file, 1 << 40)


def sparse_damaged(file):
    """A damaged database, and a hole of 1 TB behind it."""
    return hollow(file, 1 << 40, damage=True)


def sparse_inside(file):
    """A hole of 1 TB, and bytes behind it: refused."""
    return hollow(file, 1 << 40, tail=b"x")


def sparse_claimed(file):
    """A hole of 7 GiB that a damaged database claims as its free pages."""
    rows, pages = hollow(file, 7 << 30, damage=True, claims=True)
    return rows, (7 << 30) // 4096


def unfolding(pack):
    """A bomb that unfolds to a database of 2 GiB, all of whose free pages are zero."""
    def make(file):
        image, root = one()
        image.next = (2 << 30) // image.size
        pack(file, image.pieces(root))
        return 1, image.next
    make.__name__ = pack.__name__
    make.__doc__ = "A database of 2 GiB, nearly all of it zero, " + pack.__doc__
    return make


@unfolding
def gzip_bomb(file, pieces):
    """as gzip."""
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6) as packed:
        for piece in pieces: packed.write(piece)


@unfolding
def bzip2_bomb(file, pieces):
    """as bzip2."""
    through(["bzip2"], file, pieces)


@unfolding
def xz_bomb(file, pieces):
    """as xz -9."""
    packer = lzma.LZMACompressor(filters=[{"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 64 * MIB}])
    for piece in pieces: file.write(packer.compress(piece))
    file.write(packer.flush())


@unfolding
def zstd_bomb(file, pieces):
    """as zstd --long, with a window of 128 MiB."""
    through(["zstd", "-q", "--long=27"], file, pieces)


@unfolding
def lz4_bomb(file, pieces):
    """as lz4."""
    through(["lz4", "-q"], file, pieces)


@unfolding
def zip_bomb(file, pieces):
    """in a zip archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.db", "w", force_zip64=True) as entry:
        for piece in pieces: entry.write(piece)


@unfolding
def tar_bomb(file, pieces):
    """in a tar archive as gzip."""
    info = tarfile.TarInfo("a.db")
    info.size = 2 << 30
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6) as packed:
        for piece in itertools.chain([info.tobuf()], pieces, [bytes(1024)]): packed.write(piece)


@unfolding
def nested_bomb(file, pieces):
    """as gzip in gzip in gzip."""
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb", compresslevel=6) as packed:
        for piece in pieces: packed.write(piece)
    file.write(gzip.compress(gzip.compress(data.getvalue())))


def through(command, file, pieces):
    """Writes what the program makes of the pieces."""
    file.flush()
    packer = subprocess.Popen(command + ["-c"], stdin=subprocess.PIPE, stdout=file)
    for piece in pieces: packer.stdin.write(piece)
    packer.stdin.close()
    packer.wait()


BOMBS = [gzip_bomb, bzip2_bomb, xz_bomb, zstd_bomb, lz4_bomb, zip_bomb, tar_bomb, nested_bomb]
FILES = [largest_pages, deepest_tree, overlapping_runs, patterns, kinds, gzip_heads, signs_in_value, gzip_heads_in_value,
         stale_rows, half_free, sparse, sparse_damaged, sparse_inside, sparse_claimed] + BOMBS + [findings, tiny_values, long_names]
# A pipe has no holes: one of 1 TB is read for as long as it is written.
WITHOUT_PIPE = [sparse, sparse_damaged, sparse_inside]
REPORTS = ["json", "ndjson", "csv", "sarif", "junit", "prometheus", "html", "intoto"]


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


def measure(atrest, paths, options=(), reading=subprocess.DEVNULL):
    """Wall and processor seconds, peak memory in MiB, and the status of one call."""
    start = time.monotonic()
    child = subprocess.Popen([atrest, "verify", "--quiet", "--jobs", str(len(paths)), *options] + paths, stdin=reading,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return (time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            os.waitstatus_to_exitcode(status))


def piped(atrest, path):
    """The same of a pipe."""
    writer = subprocess.Popen(["cat", path], stdout=subprocess.PIPE)
    answer = measure(atrest, ["-"], reading=writer.stdout)
    writer.stdout.close()
    writer.wait()
    return answer


def line(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    atrest, names = sys.argv[1], sys.argv[2:]
    line(["file", "MB", "wall", "processor", "memory", "of two jobs", "of a pipe", "promised", "held", "status"])
    line(["---"] * 10)
    for make in FILES:
        name = make.__doc__.rstrip(".")
        if names and not any(part in make.__name__ for part in names): continue
        with tempfile.NamedTemporaryFile() as file:
            rows, pages = apart(make, file)
            size = os.stat(file.name).st_blocks * 512 / 1e6
            # Limits: 64 MiB, 120 bytes a row or object in scope, 50 bytes a page that is read, and a decoder's window; of a
            # pipe, 32 MiB more.
            promised = 64 + (120 * rows + 50 * pages) / MIB + (128 if make in BOMBS else 0)
            once, twice = measure(atrest, [file.name]), measure(atrest, [file.name] * 2)
            pipe = None if make in WITHOUT_PIPE else piped(atrest, file.name)
            report(name, size, once, twice, pipe, promised)
            if make is long_names:
                directory = tempfile.mkdtemp()
                options = [f"--report={kind}={directory}/{kind}" for kind in REPORTS]
                report(name + ", with all eight reports", size, measure(atrest, [file.name], options), None, None, promised)
                # Limits: 6 kB for each finding beyond the default number.
                all_findings = promised + 6000 * (rows - 10_000) / MIB
                for option in options:
                    kept = measure(atrest, [file.name], ["--max-findings", str(rows), option])
                    kind = option.split("=")[1]
                    report(f"{name}, all of them kept, in {kind}", size, kept, None, None, all_findings)
                shutil.rmtree(directory)


def report(name, size, once, twice, pipe, promised):
    wall, processor, memory, status = once
    held = (memory <= promised and (not twice or twice[2] <= 2 * promised) and (not pipe or pipe[2] <= promised + 32)
            and all(run[3] >= 0 for run in (once, twice, pipe) if run))
    line([name, f"{size:.0f}", f"{wall:.1f} s", f"{processor:.1f} s"]
         + [f"{run[2]:.0f} MiB" if run else "" for run in (once, twice, pipe)]
         + [f"{promised:.0f} MiB", "yes" if held else "no", str(status)])


if __name__ == "__main__":
    main()
