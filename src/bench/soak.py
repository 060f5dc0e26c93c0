#!/usr/bin/env python3
"""Four clients without keep-alive that do everything, each at random; a line each minute of what the server uses.

usage: soak.py URL TOKEN PID WORK SITE_PORT MINUTES
"""
import collections
import http.client
import http.server
import json
import os
import random
import re
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import zlib

url, token, pid, work, site_port, minutes = sys.argv[1:4] + [sys.argv[4], int(sys.argv[5]), float(sys.argv[6])]
server = urllib.parse.urlparse(url).netloc
other = "127.0.0.1:%d" % site_port
CLIENTS, MAX_KNOWN, LARGEST = 4, 2000, 900 * 1024
noise = os.urandom(LARGEST)
lock = threading.Lock()
counts = collections.Counter()
known = collections.deque(maxlen=MAX_KNOWN)  # paths of uploads, and how many bytes each has
images = collections.deque(maxlen=MAX_KNOWN)
deadline = time.monotonic() + 60 * minutes


def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + os.urandom(1) * 480 for _ in range(120))
    head = struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Site(http.server.BaseHTTPRequestHandler):
    """Another homeserver, each of whose ids is a file, and a web site, each of whose pages has a picture of its own."""

    def do_GET(self):
        if self.path.startswith("/_matrix/federation/v1/media/"):
            body = b"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
            self.answer("multipart/mixed; boundary=b", body + noise[:50000] + self.path.encode() + b"\r\n--b--\r\n")
        elif self.path.startswith("/page"):
            page = "<html><head><meta property=og:title content=Ferry><meta property=og:image content=%s></head></html>"
            self.answer("text/html", (page % self.path.replace("page", "picture")).encode())
        elif self.path.startswith("/picture"):
            self.answer("image/png", png())
        else:
            self.send_error(404)

    def answer(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve():
    site = http.server.ThreadingHTTPServer(("127.0.0.1", site_port), Site)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(work + "/cert.pem", work + "/key.pem")
    site.socket = tls.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=site.serve_forever, daemon=True).start()


def ask(method, path, body=None, expect=(200,), **headers):
    connection = http.client.HTTPConnection(server, timeout=60)
    try:
        headers = {"Authorization": "Bearer " + token, "Connection": "close", **headers}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in expect:
            raise ValueError("%s %s: %d %r" % (method, path, answer.status, content[:200]))
        return answer, content
    finally:
        connection.close()


def download_path(content):
    return "/_matrix/client/v1/media/download/" + json.loads(content)["content_uri"][len("mxc://") :]


def anything():
    return os.urandom(16) + noise[: random.choice((0, 1000, 30000, random.randrange(LARGEST)))]


def upload():
    body = png() if random.random() < 0.3 else anything() if random.random() < 0.95 else b""
    _, content = ask("POST", "/_matrix/media/v3/upload", body)
    (images if body.startswith(b"\x89PNG") else known).append((download_path(content), body[:16], len(body)))


def upload_later():
    _, content = ask("POST", "/_matrix/media/v1/create")
    body = anything()
    ask("PUT", "/_matrix/media/v3/upload/" + json.loads(content)["content_uri"][len("mxc://") :], body)
    known.append((download_path(content), body[:16], len(body)))


def download():
    path, start, size = random.choice(known)
    answer, content = ask("GET", path)
    if len(content) != size or content[:16] != start:
        raise ValueError("%s came back changed" % path)
    ask("GET", path, expect=(304,), **{"If-None-Match": answer.getheader("ETag")})


def part():
    path, start, size = random.choice(known)
    if size > 16:
        _, content = ask("GET", path, expect=(206,), Range="bytes=0-15")
        if content != start:
            raise ValueError("a part of %s came back changed" % path)


def thumbnail():
    path, _, _ = random.choice(images)
    size = random.choice((32, 96))
    ask("GET", path.replace("/download/", "/thumbnail/") + "?width=%d&height=%d&method=crop" % (size, size))


def remote():
    ask("GET", "/_matrix/client/v1/media/download/%s/file%d" % (other, random.randrange(100000)))


def preview():
    page = "https://%s/page%d" % (other, random.randrange(100000))
    ask("GET", "/_matrix/client/v1/media/preview_url?url=" + urllib.parse.quote(page, safe=""))


def broken(head, body, read):
    host, port = server.split(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall((head + "Host: x\r\nAuthorization: Bearer %s\r\n\r\n" % token).encode() + body)
        client.recv(read) if read else None


def broken_upload():
    broken("POST /_matrix/media/v3/upload HTTP/1.1\r\nContent-Length: 500000\r\n", noise[: random.randrange(400000)], 0)


def broken_download():
    broken("GET %s HTTP/1.1\r\n" % random.choice(known)[0], b"", 5000)


WORK = [upload] * 6 + [upload_later, part, thumbnail, thumbnail, remote, preview, broken_upload, broken_download] + [download] * 5


def client():
    while time.monotonic() < deadline:
        job = random.choice(WORK)
        try:
            job()
            result = "requests"
        except (OSError, ValueError, http.client.HTTPException) as failure:
            print("%s: %s" % (job.__name__, failure), file=sys.stderr)
            result = "errors"
        with lock:
            counts[result] += 1


def live_heap():
    """MiB that are reachable; the JVM collects its garbage to count them."""
    histogram = subprocess.run(["jcmd", pid, "GC.class_histogram"], stdout=subprocess.PIPE, check=True, text=True).stdout
    return int(re.search(r"^Total +\d+ +(\d+)", histogram, re.MULTILINE)[1]) >> 20


def files(folder):
    return sum(len(names) for _, _, names in os.walk(folder))


def usage():
    status = open("/proc/%s/status" % pid).read()
    blobs = work + "/data/blobs"
    database = sum(os.path.getsize(work + "/data/" + name) for name in os.listdir(work + "/data") if ".mv.db" in name)
    return [
        int(re.search(r"Threads:\s+(\d+)", status)[1]),
        live_heap(),
        int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024,
        len(os.listdir("/proc/%s/fd" % pid)),
        files(blobs),
        files(blobs + "/spool"),
        database >> 20,
    ]


NAMES = ["threads", "live heap, MiB", "resident, MiB", "descriptors", "blob files", "spool files", "database, MiB"]
serve()
while not images or not known:
    upload()
before = usage()
print("| minute | requests | errors | " + " | ".join(NAMES) + " |\n|" + " --- |" * (3 + len(NAMES)))
print("| 0 | | | " + " | ".join(map(str, before)) + " |", flush=True)
threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
for thread in threads:
    thread.start()
for minute in range(1, int(minutes) + 1):
    time.sleep(max(0.0, deadline - 60 * (minutes - minute) - time.monotonic()))
    with lock:
        done = counts.copy()
        counts.clear()
    print("| %d | %d | %d | " % (minute, done["requests"], done["errors"]) + " | ".join(map(str, usage())) + " |", flush=True)
for thread in threads:
    thread.join()
time.sleep(60)
after = usage()
print("| a quiet minute later | | | " + " | ".join(map(str, after)) + " |")
for name, was, now in zip(NAMES, before, after):
    if name != "blob files" and now > was:
        print("did not come back: %s, %d before, %d after" % (name, was, now))
