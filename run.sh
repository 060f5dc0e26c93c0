#!/usr/bin/env bash
# Starts Mediakeep: builds it when needed, with the newest JDK (17 or newer) there is. Arguments are passed on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
war=$here/target/mediakeep.war
oldest=17

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

# The major version of a java command, 0 when it is none
major() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\)[."].*/\1/p' | head -n 1 | grep . || echo 0
}

newest_java() {
    local best='' most=$((oldest - 1)) candidate version
    for candidate in "${JAVA_HOME:-/nowhere}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java \
        "$HOME"/.sdkman/candidates/java/*/bin/java; do
        [ -x "$candidate" ] || continue
        version=$(major "$candidate")
        if [ "$version" -gt "$most" ]; then
            best=$candidate
            most=$version
        fi
    done
    [ -n "$best" ] || return 1
    echo "$best"
}

java=$(newest_java) || fail "no JDK $oldest or newer found; install one, for example: apt-get install openjdk-17-jdk-headless"

if [ ! -f "$war" ] || [ -n "$(find "$here/src/main" "$here/pom.xml" "$here/persistence.xml" "$here/WEB-INF-templates" \
    -newer "$war" -print -quit)" ]; then
    command -v mvn > /dev/null || fail "Maven is needed to build; install it, for example: apt-get install maven"
    echo "run.sh: building, which takes a minute" >&2
    (cd "$here" && mvn -q -B -ntp package -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2 || fail "the build failed"
fi

# Running from the unpacked WAR lets the JVM share its class data between starts. An archive that cannot be used is
# ignored by the JVM, and one that is missing is written when the server stops.
folder=$("$java" -XX:TieredStopAtLevel=1 -Xshare:auto -jar "$war" --unpack)/WEB-INF
archive=$folder/classes-$("$java" -XshowSettings:none -version 2>&1 | cksum | cut -d' ' -f1).jsa
options=(-XX:+UseSerialGC -Xms32m "-XX:MaxRAMPercentage=25" -XX:+ExitOnOutOfMemoryError -Xshare:auto -Xlog:disable -Xlog:all=error:stderr)
if [ "$(major "$java")" -ge 19 ]; then
    options+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archive")
elif [ -f "$archive" ]; then
    options+=("-XX:SharedArchiveFile=$archive")
else
    options+=("-XX:ArchiveClassesAtExit=$archive")
fi
if [ "$(major "$java")" -ge 24 ]; then
    options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
fi
export MALLOC_ARENA_MAX=2
exec "$java" "${options[@]}" -cp "$folder/classes:$folder/lib/*:$folder/lib-embedded/*" io.mediakeep.app.Mediakeep "$@"
