#!/usr/bin/env python3
"""Uploads a file again and again over keep-alive connections and says how fast that went.

usage: upload.py HOST PORT TOKEN FILE SECONDS CONNECTIONS
"""
import http.client
import sys
import threading
import time

host, port, token, path, seconds, connections = sys.argv[1:4] + [sys.argv[4], float(sys.argv[5]), int(sys.argv[6])]
with open(path, "rb") as file:
    content = bytearray(file.read())
end = time.monotonic() + seconds
times = []
lock = threading.Lock()


def upload(number):
    connection = http.client.HTTPConnection(host, int(port))
    body = bytearray(content)
    count = 0
    while time.monotonic() < end:
        count += 1
        body[0:16] = ("%08d%08d" % (number, count)).encode()  # never the same bytes twice
        began = time.monotonic()
        connection.request(
            "POST",
            "/_matrix/media/v3/upload",
            body,
            {"Authorization": "Bearer " + token, "Content-Type": "application/octet-stream"},
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit("upload answered %d" % answer.status)
        with lock:
            times.append(time.monotonic() - began)


began = time.monotonic()
threads = [threading.Thread(target=upload, args=(number,)) for number in range(connections)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
took = time.monotonic() - began
times.sort()
print(
    "%d %.1f %.1f %.1f %.1f"
    % (
        len(times),
        len(times) / took,
        len(times) * len(content) / took / 1e6,
        1000 * times[len(times) // 2],
        1000 * times[min(len(times) - 1, int(len(times) * 0.99))],
    )
)
