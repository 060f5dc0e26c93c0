#!/usr/bin/env bash
# Measures media of other servers: a cold file through Mediakeep beside the same file straight from its server.
. "$(dirname "$0")/bench.sh"
needs 'nginx-light curl openssl' nginx curl openssl

rounds=${ROUNDS:-5}
clients=${CLIENTS:-50}
size=$((${MIB:-100} * 1024 * 1024))
heap=${HEAP:-256m}
port=18448
slower=18449 # the same server behind a network of about 400 Mbit/s

# The other server: nginx over TLS. Every id is the same file, for federation in its envelope.
# The boundary is as long as Synapse's.
head -c "$size" /dev/urandom > "$work/file"
boundary=$(openssl rand -hex 16)
{
    printf -- '--%s\r\nContent-Type: application/json\r\n\r\n{}\r\n--%s\r\n' "$boundary" "$boundary"
    printf 'Content-Type: video/mp4\r\nContent-Length: %d\r\n\r\n' "$size"
    cat "$work/file"
    printf -- '\r\n--%s--\r\n' "$boundary"
} > "$work/envelope"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
chmod 644 "$work/key.pem"
start_nginx 2 <<NGINX
types {}
ssl_certificate $work/cert.pem;
ssl_certificate_key $work/key.pem;
map \$server_port \$rate { $slower 48m; default 0; }
server {
    listen 127.0.0.1:$port ssl;
    listen 127.0.0.1:$slower ssl;
    limit_rate \$rate;
    location /file { root $work; }
    location /_matrix/federation/ { default_type "multipart/mixed; boundary=$boundary"; root $work; try_files /envelope =404; }
}
NGINX

printf 'ed25519 a_1 %s\n' "$(head -c 32 /dev/urandom | base64 | tr -d =)" > "$work/signing.key"
start_mediakeep "${JAVA:-java}" -Xmx"$heap" -jar target/mediakeep.war <<YAML
remote: {max-size: 1GiB, burst: 1TiB, signing-key-file: $work/signing.key}
outbound: {allowed-networks: [127.0.0.1], trusted-certificates: $work/cert.pem, name-servers: ['127.0.0.1:1']}
YAML

fetch() { # url: status, bytes, seconds to the first byte and to the last
    curl -sk -H "Authorization: Bearer $token" -o /dev/null -w '%{http_code} %{size_download} %{time_starttransfer} %{time_total}\n' "$1"
}
remote() { # a name for the file that nobody has asked for yet, and the port of its server
    echo "$url/_matrix/client/v1/media/download/127.0.0.1:${2:-$port}/$1"
}
together() { # url: as many as there are clients
    for _ in $(seq "$clients"); do fetch "$1" & waits+=("$!"); done
    wait "${waits[@]}"
}
row() { # name: one row from the lines that come in, each of one download
    local lines middle
    lines=$(cat)
    middle=$((($(wc -l <<< "$lines") + 1) / 2))
    printf '| %s | %.0f | %.0f | %.0f |%s\n' "$1" \
        "$(sort -n -k3 <<< "$lines" | awk -v n="$middle" 'NR == n {print $3 * 1000}')" \
        "$(sort -n -k4 <<< "$lines" | awk -v n="$middle" 'NR == n {print $4 * 1000}')" \
        "$(sort -n -k4 <<< "$lines" | awk 'END {print $4 * 1000}')" \
        "$(awk -v size="$size" '$1 != 200 || $2 != size {print " TROUBLE: " $0; exit}' <<< "$lines")"
}

for warm in $(seq 4); do fetch "$(remote "warm$warm")" > /dev/null; fetch "https://127.0.0.1:$port/file" > /dev/null; done
echo '| download | first byte, ms (median) | last byte, ms (median) | last byte, ms (worst) |'
echo '| --- | --- | --- | --- |'
for round in $(seq "$rounds"); do fetch "https://127.0.0.1:$port/file"; done | row "one client, direct"
for round in $(seq "$rounds"); do fetch "$(remote "one$round")"; done | row "one client, Mediakeep, cold"
fetch "$(remote one1)" | row "one client, Mediakeep, kept"
for round in $(seq "$rounds"); do fetch "https://127.0.0.1:$slower/file"; done | row "one client, 400 Mbit/s, direct"
for round in $(seq "$rounds"); do fetch "$(remote "one$round" $slower)"; done | row "one client, 400 Mbit/s, Mediakeep, cold"
waits=()
together "https://127.0.0.1:$port/file" | row "$clients clients at once, direct"
waits=()
together "$(remote many)" | row "$clients clients at once, Mediakeep, cold"
printf '\nmemory: %d MiB resident (heap %s)\n' "$(resident)" "$heap"
grep -c 'Fetched mxc' "$work/log" | sed 's/^/fetches: /'
