"""What must be true of Mediakeep behind any proxy. A check raises AssertionError, or returns a remark."""

import hashlib
import http.client
import json
import os
import struct
import subprocess
import threading
import time
import zlib

from wire import NAME, Client

MEBIBYTE = 1024 * 1024
PIECE = os.urandom(MEBIBYTE)
UPLOAD = "/_matrix/media/v3/upload"
DOWNLOAD = "/_matrix/client/v1/media/download/"
LEGACY = "/_matrix/media/v3/download/"


class Site:
    """A proxy, the Mediakeep behind it, and those who use it."""

    def __init__(self, front, federation, mediakeep, data, quick):
        self.front, self.mediakeep, self.data, self.quick = ("127.0.0.1", front), mediakeep, data, quick
        self.alice = Client(self.front, "alices-token")
        self.guest = Client(self.front, "guests-token")
        self.operator = Client(self.front, "operators-token")
        self.nobody = Client(self.front)
        self.server = Client(("127.0.0.1", federation))

    def files(self):
        """The files that are stored, without those that still arrive."""
        return [file for file in self.data.glob("blobs/**/*") if file.is_file() and "spool" not in file.parts]


def picture():
    """A PNG of 64 x 64 pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + os.urandom(64 * 3) for _ in range(64))
    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def is_ours(response, status, what):
    assert response.status == status, f"{what}: {response.status} {response.body[:200]}"
    assert response.header("Access-Control-Allow-Origin") == "*", f"{what}: not a response of Mediakeep"


def every_endpoint(site):
    mxc = site.alice.upload(picture())
    created = json.loads(site.alice.request("POST", "/_matrix/media/v1/create", body=b"").body)["content_uri"][6:]
    size = "?width=32&height=32&method=crop"
    for who, method, target, status in [
        (site.alice, "PUT", UPLOAD + "/" + created, 200),
        (site.alice, "GET", "/_matrix/media/v3/config", 200),
        (site.alice, "GET", "/_matrix/client/v1/media/config", 200),
        (site.alice, "GET", DOWNLOAD + mxc, 200),
        (site.alice, "GET", DOWNLOAD + created, 200),
        (site.alice, "GET", DOWNLOAD + mxc + "/name.png", 200),
        (site.nobody, "GET", LEGACY + mxc, 200),
        (site.nobody, "GET", "/_matrix/media/r0/download/" + mxc + "/name.png", 200),
        (site.nobody, "GET", "/_matrix/media/v1/download/" + mxc, 200),
        (site.alice, "GET", "/_matrix/client/v1/media/thumbnail/" + mxc + size, 200),
        (site.nobody, "GET", "/_matrix/media/v3/thumbnail/" + mxc + size, 200),
        (site.alice, "GET", "/_matrix/client/v1/media/preview_url?url=http://127.0.0.1/", 502),
        (site.alice, "GET", "/_matrix/media/v3/preview_url?url=http://127.0.0.1/", 502),
        (site.server, "GET", "/_matrix/federation/v1/media/download/" + mxc.split("/")[1], 401),
        (site.server, "GET", "/_matrix/federation/v1/media/thumbnail/" + mxc.split("/")[1] + size, 401),
        (site.nobody, "OPTIONS", UPLOAD, 204),
        (site.nobody, "POST", UPLOAD, 401),
    ]:
        body = b"" if method in ("POST", "PUT") else None
        is_ours(who.request(method, target, body=body), status, f"{method} {target}")


def long_heads_come_through(site):
    config, long = "/_matrix/client/v1/media/config", "x" * 12_000
    is_ours(site.alice.get(f"{config}?{long}"), 200, "a long target")
    is_ours(Client(site.front, long).get(config), 401, "a long token")


def homeserver_paths(site):
    for target in ["/_matrix/client/v3/sync?timeout=0", "/_matrix/client/versions", "/_matrix/client/v1/mediax/config",
                   "/_matrix/federation/v1/version"]:
        assert site.alice.get(target).header("X-Homeserver"), target
    with site.alice.connect() as connection:
        connection.begin("GET", "/_matrix/client/unstable/socket", [("Upgrade", "websocket"), ("Connection", "Upgrade"),
                         ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="), ("Sec-WebSocket-Version", "13")])
        head = connection.head()
        assert head.headers.get("X-Homeserver"), f"a WebSocket: {head.status}"
        return "with WebSocket" if head.status == 101 else "without WebSocket"


def send_pieces(connection, count, chunked):
    for _ in range(count):
        connection.send(b"100000\r\n" + PIECE + b"\r\n" if chunked else PIECE)
    if chunked:
        connection.send(b"0\r\n\r\n")


def length_of(count, chunked):
    return ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", count * MEBIBYTE)


def ninety_mebibytes_are_kept(site):
    for chunked in (False, True):
        with site.alice.connect() as connection:
            connection.begin("POST", UPLOAD, site.alice.headers([length_of(90, chunked)]))
            send_pieces(connection, 90, chunked)
            response = connection.response()
        is_ours(response, 200, "90 MiB")
        mxc = json.loads(response.body)["content_uri"][6:]
        back = site.alice.get(DOWNLOAD + mxc).body
        assert hashlib.sha256(back).digest() == hashlib.sha256(PIECE * 90).digest(), "90 MiB came back changed"


def rejected(who, method, target, count, chunked, status):
    """Sends the whole body before it reads; returns None when the response was received."""
    with who.connect() as connection:
        try:
            connection.begin(method, target, who.headers([length_of(count, chunked)]))
            send_pieces(connection, count, chunked)
        except OSError:
            pass  # the response may have been received nevertheless
        try:
            response = connection.response()
        except (OSError, http.client.HTTPException) as lost:
            return type(lost).__name__
        if response.status != status:
            return str(response.status)
        return None if response.header("Access-Control-Allow-Origin") == "*" else f"{status} of the proxy"


def responses_to_rejected_uploads_are_received(site):
    rounds = 3 if site.quick else 15
    lost = []
    for status, who, method, target, count in [
        (401, site.nobody, "POST", UPLOAD, 60), (403, site.guest, "POST", UPLOAD, 60), (413, site.alice, "POST", UPLOAD, 110),
        (404, site.alice, "PUT", UPLOAD + "/example.org/nothing", 60), (200, site.alice, "GET", "/_matrix/media/v3/config", 20),
    ]:
        for chunked in (False, True):
            went = [rejected(who, method, target, count, chunked, status) for _ in range(rounds)]
            bad = sorted({one for one in went if one})
            if bad:
                size = "chunked" if chunked else "plain"
                lost.append(f"{status} {method} {size}: {sum(map(bool, went))} of {rounds} ({', '.join(bad)})")
    assert not lost, "; ".join(lost)


def a_download_waits(site):
    seconds = 5 if site.quick else 30
    created = json.loads(site.alice.request("POST", "/_matrix/media/v1/create", body=b"").body)["content_uri"][6:]
    responses = []
    reader = threading.Thread(target=lambda: responses.append(site.alice.get(DOWNLOAD + created + "?timeout_ms=60000")))
    reader.start()
    time.sleep(seconds)
    assert site.alice.request("PUT", UPLOAD + "/" + created, body=b"late").status == 200
    reader.join()
    is_ours(responses[0], 200, "a download that waits")
    assert responses[0].body == b"late"


def parts_and_conditions(site):
    body = os.urandom(100_000)
    mxc = site.alice.upload(body)
    part = site.alice.get(DOWNLOAD + mxc, ("Range", "bytes=10-19"))
    assert (part.status, part.body) == (206, body[10:20])
    assert part.header("Content-Range") == "bytes 10-19/100000"
    assert site.alice.get(DOWNLOAD + mxc, ("Range", "bytes=100000-")).status == 416
    head = site.alice.request("HEAD", DOWNLOAD + mxc, [("Range", "bytes=10-19")])
    assert (head.status, head.header("Content-Length"), head.body) == (200, "100000", b"")
    assert site.alice.get(DOWNLOAD + mxc, ("If-None-Match", head.header("ETag"))).status == 304
    assert "immutable" in head.header("Cache-Control")


def a_slow_reader(site):
    rate, seconds, size = 50_000, 5 if site.quick else 60, 8 * MEBIBYTE
    mxc = site.alice.upload(PIECE * 8)
    with site.alice.connect() as connection:
        connection.begin("GET", DOWNLOAD + mxc, site.alice.headers())
        head = connection.head()
        received = hashlib.sha256()
        for _ in range(seconds):
            received.update(head.read(rate))
            time.sleep(1)
        received.update(head.read(size))
    assert received.digest() == hashlib.sha256(PIECE * 8).digest(), "a slow reader did not get all"


def nothing_of_an_aborted_upload_is_kept(site):
    before = len(site.files())
    for chunked in (False, True):
        with site.alice.connect() as connection:
            connection.begin("POST", UPLOAD, site.alice.headers([length_of(20, chunked)]))
            for _ in range(5):
                connection.send(b"100000\r\n" + os.urandom(MEBIBYTE) + b"\r\n" if chunked else os.urandom(MEBIBYTE))
    deadline = time.monotonic() + 60
    while any(file.is_file() and file.stat().st_size for file in site.data.glob("blobs/spool/**/*")):
        assert time.monotonic() < deadline, "an aborted upload still lies in the spool"
        time.sleep(0.2)
    assert len(site.files()) == before, "an aborted upload is stored"


def administration(site):
    """Its paths lead to Mediakeep from the network of the administrators, and from no other. Other paths of Synapse do not."""
    old = "?before_ts=1767225600000"
    for method, target in [
        ("GET", "/_mediakeep/admin/v1/jobs"),
        ("GET", "/_synapse/admin/v1/users/%40alice%3Aexample.org/media"),
        ("GET", "/_synapse/admin/v1/users/@alice:example.org/media?limit=1"),
        ("GET", "/_synapse/admin/v1/statistics/users/media"),
        ("GET", "/_synapse/admin/v1/room/!cat:example.org/media"),
        ("GET", "/_synapse/admin/v1/media/quarantine_changes"),
        ("POST", "/_synapse/admin/v1/room/!cat:example.org/media/quarantine"),
        ("POST", "/_synapse/admin/v1/quarantine_media/!cat:example.org"),
        ("POST", "/_synapse/admin/v1/user/@nobody:example.org/media/quarantine"),
        ("POST", "/_synapse/admin/v1/media/quarantine/example.org/nothing"),
        ("POST", "/_synapse/admin/v1/media/protect/nothing"),
        ("POST", "/_synapse/admin/v1/media/delete" + old),
        ("POST", "/_synapse/admin/v1/purge_media_cache" + old),
    ]:
        body = b"" if method == "POST" else None
        is_ours(site.operator.request(method, target, body=body), 200, f"{method} {target}")
        outside = Client(site.front, "operators-token", source="127.0.0.24").request(method, target, body=body)
        assert not outside.header("Access-Control-Allow-Origin"), f"{target} leads to Mediakeep from everywhere"
    for target in ("/_synapse/admin/v1/server_version", "/_synapse/admin/v2/users"):
        assert not site.operator.get(target).header("Access-Control-Allow-Origin"), f"{target} leads to Mediakeep"


def status_of_many(client):
    """The last status of more downloads than one address may begin; each says another address of itself."""
    for i in range(400):
        status = client.get(LEGACY + "example.org/nothing", ("X-Forwarded-For", f"203.0.113.{i % 250}")).status
        if status == 429:
            break
    return status


def addresses_are_believed_of_the_proxy_only(site):
    one, other = (Client(site.front, source=f"127.0.0.{n}") for n in (21, 22))
    assert status_of_many(one) == 429, "a client chose its address"
    assert other.get(LEGACY + "example.org/nothing").status == 404, "clients of the proxy are counted as one"
    direct = Client(site.mediakeep, tls=False, source="127.0.0.23")
    assert status_of_many(direct) == 429, "a client without a proxy chose its address"


def http_2(site):
    mxc = site.alice.upload(PIECE * 3)
    port = site.front[1]
    command = ["curl", "-sk", "--http2", "--max-time", "60", "--resolve", f"{NAME}:{port}:127.0.0.1",
               "-H", "Authorization: Bearer alices-token", "-w", "%{http_version} %{http_code}", "-o"]
    down = site.data / "downloaded"
    said = subprocess.run([*command, str(down), f"https://{NAME}:{port}{DOWNLOAD}{mxc}"], capture_output=True, text=True)
    if said.stdout.startswith("1.1"):
        return "no HTTP/2"
    assert said.stdout == "2 200" and down.read_bytes() == PIECE * 3, said.stdout
    said = subprocess.run([*command, os.devnull, "--data-binary", f"@{down}", "-H", "Content-Type: image/png",
                           f"https://{NAME}:{port}{UPLOAD}"], capture_output=True, text=True)
    assert said.stdout == "2 200", said.stdout
    too_large = site.data / "too-large"
    with open(too_large, "wb") as file:
        file.truncate(110 * MEBIBYTE)
    said = subprocess.run([*command, os.devnull, "-T", str(too_large), "-X", "POST", f"https://{NAME}:{port}{UPLOAD}"],
                          capture_output=True, text=True)
    too_large.unlink()
    assert said.stdout == "2 413", said.stdout


CHECKS = [every_endpoint, long_heads_come_through, homeserver_paths, parts_and_conditions, http_2, ninety_mebibytes_are_kept,
          responses_to_rejected_uploads_are_received, nothing_of_an_aborted_upload_is_kept, a_download_waits, a_slow_reader,
          addresses_are_believed_of_the_proxy_only, administration]
