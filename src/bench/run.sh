#!/usr/bin/env bash
# Measures Mediakeep beside nginx, on this machine. See README.md here.
. "$(dirname "$0")/bench.sh"
needs 'wrk nginx-light python3 curl' wrk nginx python3 curl

seconds=${SECONDS_EACH:-10}
warm_up=${WARM_UP:-30}

# The files, random, so that nothing compresses
for size in 65536 1048576 104857600; do
    head -c "$size" /dev/urandom > "$work/$size"
done

began=$(date +%s%N)
start_mediakeep ./run.sh <<YAML
uploads: {max-size: 1GiB}
rate-limits:
  upload: {per-second: 1000000, burst: 1000000}
  download: {per-second: 1000000, burst: 1000000}
YAML
printf 'start to listening: %d ms\n' $((($(date +%s%N) - began) / 1000000))
sleep 5
printf 'idle memory: %d MiB resident\n\n' "$(resident)"

start_nginx 2 <<< "server { listen 127.0.0.1:18099; root $work; }"

# name, pid, url, connections: one row of downloads
download() {
    local before after report requests
    before=$(cpu_ticks "$2")
    report=$(wrk -t1 -c"$4" -d"${seconds}s" --latency -H "Authorization: Bearer $token" "$3")
    after=$(cpu_ticks "$2")
    requests=$(awk '/requests in/{print $1}' <<< "$report")
    awk -v name="$1" -v requests="$requests" -v cpu=$((after - before)) -v hertz="$hertz" '
        /Requests\/sec/{rate = $2} /Transfer\/sec/{transfer = $2} /50%/{p50 = $2} /99%/{p99 = $2}
        /Non-2xx|Socket errors/{trouble = " TROUBLE: " $0}
        END{printf "| %s | %.1f | %s | %s | %s | %.0f |%s\n", name, rate, transfer, p50, p99, cpu * 1e6 / hertz / requests, trouble}
    ' <<< "$report"
}

declare -A paths
for size in 65536 1048576 104857600; do
    uri=$(curl -sf -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/octet-stream' \
        --data-binary @"$work/$size" "$url/_matrix/media/v3/upload" | grep -o 'mxc://[^"]*')
    paths[$size]=/_matrix/client/v1/media/download/${uri#mxc://}
done

wrk -t1 -c32 -d"${warm_up}s" -H "Authorization: Bearer $token" "$url${paths[65536]}" > /dev/null
wrk -t1 -c32 -d"$((warm_up / 3))s" -H "Authorization: Bearer $token" "$url${paths[1048576]}" > /dev/null
echo '| download | requests/s | transfer/s | p50 | p99 | server CPU, µs/request |'
echo '| --- | --- | --- | --- | --- | --- |'
for row in '65536 32' '1048576 32' '104857600 4'; do
    read -r size connections <<< "$row"
    download "Mediakeep $((size / 1024)) KiB" "$server" "$url${paths[$size]}" "$connections"
    download "nginx $((size / 1024)) KiB" "$nginx" "http://127.0.0.1:18099/$size" "$connections"
done
printf '\nmemory under downloads: %d MiB resident\n\n' "$(resident)"

host=$(cut -d/ -f3 <<< "$url" | cut -d: -f1)
port=$(cut -d/ -f3 <<< "$url" | cut -d: -f2)
echo '| upload | requests | requests/s | MB/s | p50 ms | p99 ms | server CPU, µs/request |'
echo '| --- | --- | --- | --- | --- | --- | --- |'
for row in '65536 8' '1048576 4' '104857600 1'; do
    read -r size connections <<< "$row"
    before=$(cpu_ticks "$server")
    report=$(python3 src/bench/upload.py "$host" "$port" "$token" "$work/$size" "$seconds" "$connections")
    after=$(cpu_ticks "$server")
    awk -v name="Mediakeep $((size / 1024)) KiB" -v cpu=$((after - before)) -v hertz="$hertz" \
        '{printf "| %s | %s | %s | %s | %s | %s | %.0f |\n", name, $1, $2, $3, $4, $5, cpu * 1e6 / hertz / $1}' <<< "$report"
done
began=$(date +%s%N)
for _ in 1 2 3; do
    sha256sum "$work/104857600" > /dev/null
    cp "$work/104857600" "$work/copy"
    sync "$work/copy"
done
printf '\nsha256sum + cp + sync of 100 MiB: %.1f MB/s\n' "$(awk -v ns=$(($(date +%s%N) - began)) 'BEGIN{print 3 * 104857600 / (ns / 1e9) / 1e6}')"
printf 'memory at the end: %d MiB resident\n' "$(resident)"
