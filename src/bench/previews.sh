#!/usr/bin/env bash
# Measures previews: from memory, and cold against a local site with 50 clients. See README.md here.
. "$(dirname "$0")/bench.sh"
needs 'wrk nginx-light python3 curl' wrk nginx python3 curl

seconds=${SECONDS_EACH:-10}
warm_up=${WARM_UP:-20}
site=18098

# A page of 100 KB as a news site has it, with its picture of 80 KB
python3 - "$work" <<'PYTHON'
import os, sys, zlib, struct
work = sys.argv[1]
words = "".join("<p>The ferry to the island leaves at noon, and the %d passengers wait on the pier.</p>\n" % n for n in range(1100))
with open(work + "/page.html", "w") as page:
    page.write("<!doctype html><html><head><meta charset=utf-8><title>Noon ferry</title>"
               "<meta property=og:title content='The noon ferry'><meta property=og:description content='It leaves at noon.'>"
               "<meta property=og:image content=/picture.png></head><body><article>" + words + "</article></body></html>")
width, height = 200, 133
rows = b"".join(b"\0" + os.urandom(width * 3) for _ in range(height))
chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
with open(work + "/picture.png", "wb") as picture:
    picture.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                  + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
PYTHON

start_nginx 1 <<NGINX
types { text/html html; image/png png; }
server { listen 127.0.0.1:$site; root $work; location /pages/ { rewrite ^ /page.html; } }
NGINX
start_mediakeep ./run.sh <<YAML
outbound: {allowed-networks: [127.0.0.1]}
rate-limits:
  preview: {per-second: 1000000, burst: 1000000}
YAML

# Each request asks for another page: the first answers are made, not found
cat > "$work/cold.lua" <<LUA
local run = math.floor(os.time())
local count = 0
request = function()
    count = count + 1
    return wrk.format("GET", "/_matrix/client/v1/media/preview_url?url=http%3A%2F%2F127.0.0.1%3A$site%2Fpages%2F" .. run .. "-" .. count)
end
LUA
# A thousand pages, again and again
cat > "$work/warm.lua" <<LUA
local count = 0
request = function()
    count = count + 1
    return wrk.format("GET", "/_matrix/client/v1/media/preview_url?url=http%3A%2F%2F127.0.0.1%3A$site%2Fpages%2Fwarm-" .. (count % 1000))
end
LUA

# name, script, connections, seconds: one row
measure() {
    local before after report requests
    before=$(cpu_ticks "$server")
    report=$(wrk -t1 -c"$3" -d"$4s" --timeout 30s --latency -H "Authorization: Bearer $token" -s "$work/$2" "$url")
    after=$(cpu_ticks "$server")
    requests=$(awk '/requests in/{print $1}' <<< "$report")
    awk -v name="$1" -v requests="$requests" -v cpu=$((after - before)) -v hertz="$hertz" '
        /Requests\/sec/{rate = $2} /50%/{p50 = $2} /99%/{p99 = $2}
        /Non-2xx|Socket errors/{trouble = " TROUBLE: " $0}
        END{printf "| %s | %.0f | %s | %s | %.0f |%s\n", name, rate, p50, p99, cpu * 1e6 / hertz / requests, trouble}
    ' <<< "$report"
}

measure warm-up cold.lua 50 "$warm_up" > /dev/null
measure warm-up warm.lua 50 "$((warm_up / 2))" > /dev/null
echo '| previews | requests/s | p50 | p99 | server CPU, µs/request |'
echo '| --- | --- | --- | --- | --- |'
measure 'cold: page, picture and row, 50 clients' cold.lua 50 "$seconds"
measure 'from memory, 50 clients' warm.lua 50 "$seconds"
printf '\nmemory at the end: %d MiB resident\n' "$(resident)"
