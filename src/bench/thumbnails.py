#!/usr/bin/env python3
"""Makes pictures, asks a server for thumbnails of them, and makes the same thumbnails with Pillow.

usage: thumbnails.py make FOLDER
       thumbnails.py ask HOST PORT TOKEN FILE QUERY COUNT CONNECTIONS PID    COUNT different pictures, each once
       thumbnails.py keep HOST PORT TOKEN FILE QUERY OUTPUT              prints the path of one thumbnail that is stored
       thumbnails.py pillow FILE METHOD WIDTH HEIGHT COUNT PROCESSES

ask and pillow print: count, per second, median and 99th percentile in ms, KiB of each, seconds in all; ask also the CPU
time of the server, in ms for each.
"""
import http.client
import io
import json
import multiprocessing
import os
import random
import sys
import threading
import time
import zlib

THUMBNAIL = "/_matrix/client/v1/media/thumbnail/"


def photograph():
    """Twelve megapixels with what photographs have: soft shapes, grain, edges, hairlines and small text."""
    from PIL import Image, ImageDraw

    random.seed(1)
    size = (4000, 3000)
    shapes = Image.effect_noise((40, 30), 200).resize(size, Image.BICUBIC)
    texture = Image.effect_noise((1000, 750), 90).resize(size, Image.BICUBIC)
    tints = [Image.effect_noise((20, 15), 150).resize(size, Image.BICUBIC) for _ in range(3)]
    light = Image.blend(shapes, texture, 0.4)
    picture = Image.merge("RGB", [Image.blend(light, tint, 0.3) for tint in tints])
    draw = ImageDraw.Draw(picture)
    for _ in range(400):
        x, y, colour = random.randrange(4000), random.randrange(3000), tuple(random.choices(range(256), k=3))
        draw.line((x, y, x + random.randrange(-600, 600), y + random.randrange(-600, 600)), colour, random.randrange(1, 5))
        draw.text((y, x % 3000), "the quick brown fox %d" % x, colour)
    grain = Image.merge("RGB", [Image.effect_noise(size, 12)] * 3)
    return Image.blend(picture, grain, 0.15)


def transparent():
    """A thousand by a thousand with alpha."""
    from PIL import Image

    size = (1000, 1000)
    bands = [Image.effect_noise((50, 50), 150).resize(size, Image.BICUBIC) for _ in range(3)]
    return Image.merge("RGBA", bands + [Image.radial_gradient("L").resize(size)])


def make(folder):
    picture = photograph()
    picture.save(folder + "/photograph.jpg", quality=90)
    picture.save(folder + "/progressive.jpg", quality=90, progressive=True)
    transparent().save(folder + "/transparent.png")


def different(content, number):
    """The same picture as other bytes, by a comment."""
    note = b"copy %d of %d" % (number, time.time_ns())
    if content[:2] == b"\xff\xd8":
        return content[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + content[2:]
    chunk = b"tEXtComment\0" + note
    return content[:33] + (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") + content[33:]


class Server:
    def __init__(self, host, port, token):
        self.connection = http.client.HTTPConnection(host, int(port))
        self.headers = {"Authorization": "Bearer " + token}

    def answer(self, method, path, body=None):
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit("%s answered %d: %r" % (path, answer.status, content[:200]))
        return content

    def upload(self, content):
        uri = json.loads(self.answer("POST", "/_matrix/media/v3/upload", content))["content_uri"]
        return uri[len("mxc://") :]


def cpu_milliseconds(pid):
    """What a process has used so far."""
    with open("/proc/%s/stat" % pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def ask(server, path, query, count, connections, pid):
    with open(path, "rb") as file:
        content = file.read()
    first = Server(*server)
    paths = [THUMBNAIL + first.upload(different(content, number)) + "?" + query for number in range(count)]
    times, sizes, lock = [], [], threading.Lock()

    def work():
        connection = Server(*server)
        while True:
            with lock:
                if not paths:
                    return
                wanted = paths.pop()
            began = time.monotonic()
            size = len(connection.answer("GET", wanted))
            with lock:
                times.append(time.monotonic() - began)
                sizes.append(size)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    before = cpu_milliseconds(pid)
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    report(times, took, sizes, count, " %.0f" % ((cpu_milliseconds(pid) - before) / count))


def report(times, took, sizes, expected, more=""):
    if len(times) != expected:
        raise SystemExit("only %d of %d were answered" % (len(times), expected))
    times.sort()
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    size = sum(sizes) / len(sizes) / 1024
    print("%d %.2f %.1f %.1f %.0f %.2f" % (len(times), len(times) / took, 1000 * p50, 1000 * p99, size, took) + more)


def keep(server, path, query, output):
    with open(path, "rb") as file:
        wanted = THUMBNAIL + Server(*server).upload(file.read()) + "?" + query
    with open(output, "wb") as file:
        file.write(Server(*server).answer("GET", wanted))
    print(wanted)


def draw(task):
    """As Synapse does: all pixels are decoded, Lanczos, JPEG of quality 80 or PNG."""
    from PIL import Image, ImageOps

    content, method, width, height = task
    began = time.monotonic()
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    ratios = width / picture.width, height / picture.height
    scale = max(ratios) if method == "crop" else min(ratios)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.LANCZOS)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    if method == "crop":
        picture = picture.crop((left, top, left + width, top + height))
    out = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG")
    else:
        picture.save(out, "JPEG", quality=80)
    return time.monotonic() - began, len(out.getvalue())


def pillow(path, method, width, height, count, processes):
    with open(path, "rb") as file:
        content = file.read()
    with multiprocessing.Pool(processes) as pool:
        pool.map(draw, [(content, method, width, height)] * processes)
        began = time.monotonic()
        outcomes = pool.map(draw, [(content, method, width, height)] * count, 1)
        took = time.monotonic() - began
    report([outcome[0] for outcome in outcomes], took, [outcome[1] for outcome in outcomes], count)


command, arguments = sys.argv[1], sys.argv[2:]
if command == "make":
    make(arguments[0])
elif command == "ask":
    ask(arguments[0:3], arguments[3], arguments[4], int(arguments[5]), int(arguments[6]), arguments[7])
elif command == "keep":
    keep(arguments[0:3], *arguments[3:6])
elif command == "pillow":
    pillow(arguments[0], arguments[1], int(arguments[2]), int(arguments[3]), int(arguments[4]), int(arguments[5]))
else:
    raise SystemExit(__doc__)
