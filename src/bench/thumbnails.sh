#!/usr/bin/env bash
# Measures thumbnails through HTTP, beside Pillow and vipsthumbnail, on this machine. See README.md here.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=
for candidate in python3 /usr/bin/python3; do
    "$candidate" -c 'import PIL' 2> /dev/null && python=$candidate && break
done
for tool in wrk curl "${python:-python3-with-Pillow}"; do
    if ! command -v "$tool" > /dev/null; then
        echo "src/bench/thumbnails.sh needs $tool (Debian, Ubuntu: apt-get install wrk curl python3-pil libvips-tools)" >&2
        exit 1
    fi
done

heap=${HEAP:-256m}
count=${COUNT:-60}
seconds=${SECONDS_EACH:-5}
java=${JAVA:-java}
cores=$(nproc)
token=benchmark
work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT

[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
"$python" src/bench/thumbnails.py make "$work"
ls -l "$work" | awk 'NR > 1 {printf "%s: %d KiB\n", $9, $5 / 1024}'

cat > "$work/mediakeep.yaml" <<YAML
data-dir: $work/data
listen: {host: 127.0.0.1, port: 0}
auth:
  tokens:
    - {token: $token, user: '@bench:localhost'}
rate-limits:
  upload: {per-second: 1000000, burst: 1000000}
  download: {per-second: 1000000, burst: 1000000}
  thumbnail: {per-second: 1000000, burst: 1000000}
YAML
export MALLOC_ARENA_MAX=2
"$java" -XX:+UseSerialGC "-Xmx$heap" -jar target/mediakeep.war --config "$work/mediakeep.yaml" > "$work/log" 2>&1 &
server=$!
until url=$(grep -o 'Listening on http://[^ ]*' "$work/log" | cut -d' ' -f3) && [ -n "$url" ]; do
    kill -0 "$server" 2> /dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
done
host=$(cut -d/ -f3 <<< "$url" | cut -d: -f1)
port=$(cut -d/ -f3 <<< "$url" | cut -d: -f2)
"$java" -version 2>&1 | sed -n 3p
printf 'heap of at most %s, %d cores\n\n' "$heap" "$cores"

memory() { # resident now, and at most so far
    awk '/VmRSS/{now = $2} /VmHWM/{most = $2} END{printf "%d MiB resident, %d MiB at most\n", now / 1024, most / 1024}' \
        "/proc/$server/status"
}
ask() { # file, query, count, connections
    "$python" src/bench/thumbnails.py ask "$host" "$port" "$token" "$work/$1" "$2" "$3" "$4" "$server"
}

# name, file, method, width, height: drawn by us, by Pillow and by vipsthumbnail, as many at once as there are cores
cold() {
    local query="method=$3&width=$4&height=$5" began crop=() out
    ask "$2" "$query" $((count / 2)) "$cores" > /dev/null # the code is compiled by and by
    ask "$2" "$query" "$count" "$cores" \
        | awk -v name="$1" '{printf "| %s, Mediakeep | %s | %s | %s | %s | %s |\n", name, $2, $3, $4, $5, $7}'
    "$python" src/bench/thumbnails.py pillow "$work/$2" "$3" "$4" "$5" "$count" "$cores" \
        | awk -v name="$1" '{printf "| %s, Pillow | %s | %s | %s | %s | |\n", name, $2, $3, $4, $5}'
    command -v vipsthumbnail > /dev/null || return 0
    [ "$3" = scale ] || crop=(--smartcrop centre)
    [ "${2##*.}" = png ] && out="$work/vips-%s.png" || out="$work/vips-%s.jpg[Q=80]"
    for n in $(seq "$count"); do ln -f "$work/$2" "$work/vips$n.${2##*.}"; done
    began=$(date +%s%N)
    seq "$count" | xargs -P "$cores" -I{} vipsthumbnail "$work/vips{}.${2##*.}" -s "$4x$5" "${crop[@]}" -o "$out"
    awk -v name="$1" -v count="$count" -v ns=$(($(date +%s%N) - began)) -v cores="$cores" \
        'BEGIN{printf "| %s, vipsthumbnail | %.2f | %.1f | | | |\n", name, count / (ns / 1e9), ns / 1e6 / count * cores}'
    rm -f "$work"/vips*
}

ask photograph.jpg 'method=scale&width=800&height=600' 60 "$cores" > /dev/null # a server that has been running for a while
echo '| drawn | thumbnails/s | p50 ms | p99 ms | KiB | server CPU, ms/thumbnail |'
echo '| --- | --- | --- | --- | --- | --- |'
for picture in 'JPEG photograph.jpg' 'progressive-JPEG progressive.jpg' 'PNG-with-alpha transparent.png'; do
    read -r name file <<< "$picture"
    cold "${name//-/ } to 800×600 scale" "$file" scale 800 600
    cold "${name//-/ } to 96×96 crop" "$file" crop 96 96
done
printf '\nmemory after drawing: '
memory

# name, path: one row of a body that is there already
warm() {
    local report
    report=$(wrk -t1 -c32 -d"${seconds}s" --latency -H "Authorization: Bearer $token" "$url$2")
    awk -v name="$1" '/Requests\/sec/{rate = $2} /50%/{p50 = $2} /99%/{p99 = $2}
        /Non-2xx|Socket errors/{trouble = " TROUBLE: " $0}
        END{printf "| %s | %.0f | %s | %s |%s\n", name, rate, p50, p99, trouble}' <<< "$report"
}

printf '\n| stored | requests/s | p50 | p99 |\n| --- | --- | --- | --- |\n'
for query in 'method=scale&width=800&height=600' 'method=crop&width=96&height=96'; do
    path=$("$python" src/bench/thumbnails.py keep "$host" "$port" "$token" "$work/photograph.jpg" "$query" "$work/kept")
    uri=$(curl -sf -X POST -H "Authorization: Bearer $token" -H 'Content-Type: image/jpeg' --data-binary @"$work/kept" \
        "$url/_matrix/media/v3/upload" | grep -o 'mxc://[^"]*')
    size=$(($(stat -c %s "$work/kept") / 1024))
    wrk -t1 -c32 -d"${seconds}s" -H "Authorization: Bearer $token" "$url$path" > /dev/null
    warm "thumbnail of $size KiB" "$path"
    warm "download of the same" "/_matrix/client/v1/media/download/${uri#mxc://}"
    warm "thumbnail once more" "$path"
done

one=$(ask photograph.jpg 'method=scale&width=800&height=600' 20 1 | cut -d' ' -f3)
all=$(ask photograph.jpg 'method=scale&width=800&height=600' 100 100 | cut -d' ' -f6)
awk -v one="$one" -v all="$all" -v cores="$cores" 'BEGIN{
    alone = one * 100 / cores / 1000
    printf "\na hundred at once: %.1f s; one after another on each core: %.1f s; %.2f times that\n", all, alone, all / alone}'
printf 'memory at the end: '
memory
if grep -q -E 'OutOfMemory|ERROR' "$work/log"; then
    cat "$work/log" >&2
    exit 1
fi
