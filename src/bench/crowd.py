#!/usr/bin/env python3
"""Opens thousands of connections to a server that send or read slowly, and measures what another client sees meanwhile.

usage: crowd.py URL TOKEN PID SECONDS [SCENARIO...]

One row for each scenario: how many of its connections were still open at its end, the latencies of the other client in
milliseconds, its failures, and the largest numbers of threads, descriptors and MiB of resident memory of the server.
"""
import multiprocessing
import os
import resource
import selectors
import socket
import statistics
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

LARGE = 8 << 20
CROWD_TOKEN = "crowd"


def png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + os.urandom(3 * width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


class Api:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def call(self, path, body=None, kind="application/octet-stream"):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": kind}
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def upload(self, body, kind="application/octet-stream"):
        answer = self.call("/_matrix/media/v3/upload", body, kind)
        return answer.decode().split("mxc://")[1].rstrip('"}\n ')


def client(url, token, picture, until, results):
    """One request at a time, each on a connection of its own: the client whom the others must not disturb."""
    api = Api(url, token)
    kept = []
    calls = {
        "upload": lambda: kept.append(api.upload(os.urandom(10_000))),
        "download": lambda: api.call("/_matrix/client/v1/media/download/" + kept[-1]),
        "config": lambda: api.call("/_matrix/client/v1/media/config"),
        "thumbnail": lambda: api.call("/_matrix/client/v1/media/thumbnail/" + picture + "?width=96&height=96&method=crop"),
    }
    times, failures = [], []
    while time.monotonic() < until:
        name, call = list(calls.items())[len(times) % len(calls)]
        began = time.monotonic()
        try:
            call()
        except (OSError, IndexError, urllib.error.URLError) as failure:
            failures.append(f"{name}, {time.strftime('%T')}: {failure!r}")
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.01)
    results.put((times, failures))


class Crowd:
    def __init__(self, address, count, first, receive_buffer=None, read_per_second=0, drip=b""):
        self.selector = selectors.DefaultSelector()
        self.open = []
        for _ in range(count):
            connection = socket.socket()
            if receive_buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            connection.settimeout(10)
            connection.connect(address)
            connection.sendall(first)
            connection.setblocking(False)
            self.open.append(connection)
        self.read_per_second, self.drip = read_per_second, drip

    def second(self):
        """What the crowd does in a second. Answers are not read, unless that is what it does."""
        still = []
        for connection in self.open:
            try:
                if self.read_per_second:
                    if not connection.recv(self.read_per_second):
                        connection.close()
                        continue
                if self.drip:
                    connection.send(self.drip)
            except BlockingIOError:
                pass
            except OSError:
                connection.close()
                continue
            still.append(connection)
        self.open = still

    def leave(self):
        for connection in self.open:
            connection.close()


def seen(pid):
    with open(f"/proc/{pid}/status") as file:
        status = dict(line.split(":", 1) for line in file if ":" in line)
    return int(status["Threads"]), len(os.listdir(f"/proc/{pid}/fd")), int(status["VmRSS"].split()[0]) // 1024


def cpu(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main():
    url, token, pid, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    parts = urllib.parse.urlsplit(url)
    address = (parts.hostname, parts.port)
    api = Api(url, token)
    large = api.upload(os.urandom(LARGE))
    picture = api.upload(png(800, 600), "image/png")
    api.call("/_matrix/client/v1/media/thumbnail/" + picture + "?width=96&height=96&method=crop")
    download = f"GET /_matrix/media/v3/download/{large} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    post = f"POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {CROWD_TOKEN}\r\nContent-Length: 1000000\r\n\r\n"
    scenarios = {
        "5,000 idle": lambda: Crowd(address, 5000, b""),
        "5,000 idle after a request": lambda: Crowd(
            address, 5000, b"GET /_matrix/client/versions HTTP/1.1\r\nHost: x\r\n\r\n", read_per_second=65536),
        "3,000 that never read": lambda: Crowd(address, 3000, download, receive_buffer=4096),
        "3,000 that read 1 KB/s": lambda: Crowd(address, 3000, download, receive_buffer=4096, read_per_second=1000),
        "1,000 uploads that trickle": lambda: Crowd(address, 1000, post.encode(), drip=b"x" * 1100),
        "500 heads that trickle": lambda: Crowd(address, 500, b"GET / HTTP/1.1\r\nX: ", drip=b"x"),
        "nobody": lambda: Crowd(address, 0, b""),
    }
    wanted = sys.argv[5:] or list(scenarios)
    print("| crowd | still open | p50 ms | p99 ms | max ms | requests | failures | threads | descriptors | resident MiB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in wanted:
        results = multiprocessing.Queue()
        crowd = scenarios[name]()
        until = time.monotonic() + seconds
        other = multiprocessing.Process(target=client, args=(url, token, picture, until, results))
        other.start()
        most = seen(pid)
        while time.monotonic() < until:
            began = time.monotonic()
            crowd.second()
            most = tuple(map(max, most, seen(pid)))
            time.sleep(max(0, 1 - (time.monotonic() - began)))
        times, failures = results.get()
        other.join()
        print(
            f"| {name} | {len(crowd.open)} | {statistics.median(times):.0f} | {percentile(times, 0.99):.0f} | {max(times):.0f} "
            f"| {len(times)} | {len(failures)} | {most[0]} | {most[1]} | {most[2]} |", flush=True)
        for failure in sorted(set(failures))[:3]:
            print(f"  {failure}")
        crowd.leave()
    time.sleep(float(os.environ.get("QUIET", "60")))
    before = cpu(pid)
    time.sleep(5)
    threads, descriptors, resident = seen(pid)
    print(f"A minute later: {threads} threads, {descriptors} descriptors, {resident} MiB resident, "
          f"{(cpu(pid) - before) / 5 * 100:.1f} % of a core")


if __name__ == "__main__":
    main()
