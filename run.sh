#!/usr/bin/env bash
# Builds Mediakeep if needed and starts it, with the newest JDK (17 or newer) that is installed. Arguments are passed to Mediakeep:
# ./run.sh starts the server, and ./run.sh help lists the commands.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
war=$here/target/mediakeep.war
minimum=17

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

# The major version of the JDK in a directory, from its file release; 0 without one
major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null | grep . || echo 0
}

newest_jdk() {
    local best='' newest=$((minimum - 1)) javac directory version
    for javac in "${JAVA_HOME:-}/bin/javac" "$(command -v javac || true)" /usr/lib/jvm/*/bin/javac \
        /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/javac "$HOME"/.sdkman/candidates/java/*/bin/javac; do
        [ -x "$javac" ] || continue
        directory=$(dirname "$(dirname "$(readlink -f "$javac")")")
        version=$(major "$directory")
        if [ "$version" -gt "$newest" ]; then
            best=$directory
            newest=$version
        fi
    done
    [ -n "$best" ] && echo "$best"
}

jdk=$(newest_jdk) || fail "no JDK $minimum or newer found; install one, for example: apt-get install openjdk-17-jdk-headless"
version=$(major "$jdk")

if [ ! -f "$war" ] || [ -n "$(find "$here/src/main" "$here/pom.xml" "$here/persistence.xml" "$here/WEB-INF-templates" \
    -newer "$war" -print -quit)" ]; then
    command -v mvn > /dev/null || fail "Maven is needed to build; install it, for example: apt-get install maven"
    echo "run.sh: building, which takes a minute" >&2
    if [ "$version" -ge 24 ]; then # the JDK warns about libraries of Maven
        export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
    fi
    (cd "$here" && JAVA_HOME=$jdk mvn -q -B -ntp package -Dmaven.test.skip=true) >&2 || fail "the build failed"
    touch "$war" # an unchanged WAR has its old time, and would be built again at each start
fi

# Running from the unpacked WAR lets the JVM share its class data between starts: an archive of them is written when
# the server stops for the first time. The JVM ignores an archive that does not match.
marker=$here/target/unpacked
if [ ! "$marker" -nt "$war" ] || [ ! -d "$(cat "$marker")" ]; then
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$war" --unpack > "$marker" || fail "cannot unpack $war"
fi
unpacked=$(cat "$marker")/WEB-INF
archive=$unpacked/classes-$(cksum < "$jdk/release" | cut -d' ' -f1).jsa
options=("@$here/jvm.options")
if [ "$version" -ge 25 ]; then
    options+=("@$here/jvm-25.options")
fi
options+=(-Xshare:auto -Xlog:disable -Xlog:all=error:stderr)
if [ "${1:-}" ] && [[ $1 != -* ]]; then # a command uses the archive, and must not write one, which would lack classes of the server
    if [ -f "$archive" ]; then
        options+=("-XX:SharedArchiveFile=$archive")
    fi
elif [ "$version" -ge 19 ]; then
    options+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archive")
elif [ -f "$archive" ]; then
    options+=("-XX:SharedArchiveFile=$archive")
else
    options+=("-XX:ArchiveClassesAtExit=$archive")
fi
export MALLOC_ARENA_MAX=2 # more arenas of glibc do not return unused memory
exec "$jdk/bin/java" "${options[@]}" -cp "$unpacked/lib/*:$unpacked/lib-embedded/*" io.mediakeep.app.command.Main "$@"
