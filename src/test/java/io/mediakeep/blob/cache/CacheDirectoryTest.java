package io.mediakeep.blob.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of the cache: which stay, and what happens when they are damaged. */
class CacheDirectoryTest extends BlobCacheFixture {
    @Test
    void whatIsCachedIsReadAfterARestartAndWithoutTheStore() throws Exception {
        BlobLocation location = cached(4);
        store.setAway(true);
        restart();
        assertThat(read(location)).isEqualTo(store.bytes(location));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsReadFromTheStoreAgain(Damage damage) throws Exception {
        BlobLocation location = cached(5);
        damage.apply(cache.file(location).orElseThrow());
        assertThat(read(location)).isEqualTo(store.bytes(location));
        assertThat(store.opened()).isEqualTo(2);
        awaitCached(location);
    }

    /** Also where size and time of modification are those of before. */
    @Test
    void aFileThatWasDamagedBetweenTwoStartsIsReadFromTheStoreAgain() throws Exception {
        BlobLocation location = cached(6);
        Path file = cache.file(location).orElseThrow();
        FileTime before = Files.getLastModifiedTime(file);
        Damage.CHANGED.apply(file);
        Files.setLastModifiedTime(file, before);
        restart();
        assertThat(read(location)).isEqualTo(store.bytes(location));
        assertThat(store.opened()).isEqualTo(2);
    }

    /** What may happen to a file. */
    enum Damage {
        REMOVED,
        SHORTER,
        LONGER,
        CHANGED;

        void apply(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2]++;
            switch (this) {
                case REMOVED -> Files.delete(file);
                case SHORTER -> Files.write(file, Arrays.copyOf(bytes, SIZE - 1));
                case LONGER -> Files.write(file, Arrays.copyOf(bytes, SIZE + 1));
                default -> {
                    Files.write(file, bytes);
                    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                }
            }
        }
    }

    @Test
    void wrongBytesOfTheStoreAreNotCached() throws IOException {
        BlobLocation location = store.add(7, SIZE);
        store.bytes(location)[5]++;
        assertThat(read(location)).isEqualTo(store.bytes(location)); // whoever uses them verifies them
        assertThat(isCached(location)).isFalse();
        assertThat(cache.used()).isZero();
    }

    @Test
    void theLeastRecentlyUsedBlobMakesRoom() throws Exception {
        List<BlobLocation> four = List.of(cached(10), cached(11), cached(12), cached(13));
        read(four.get(0));
        BlobLocation fifth = cached(14);
        assertThat(cache.file(four.get(1))).isEmpty();
        assertThat(Stream.of(four.get(0), four.get(2), four.get(3), fifth).filter(this::isCached))
                .hasSize(4);
        assertThat(cache.used()).isEqualTo(4L * SIZE).isEqualTo(sizeOfFiles());
    }

    @Test
    void theOrderOfUseSurvivesARestart() throws Exception {
        List<BlobLocation> four = List.of(cached(15), cached(16), cached(17), cached(18));
        now = now.plus(CacheEntry.PRECISION).plusSeconds(1);
        for (int used : new int[] {2, 0, 3}) {
            read(four.get(used));
            now = now.plusSeconds(1);
        }
        restart();
        cached(19);
        cached(20);
        assertThat(four.stream().filter(this::isCached)).containsExactly(four.get(0), four.get(3));
    }

    @Test
    void aSmallerCacheDropsWhatIsTooMuch() throws Exception {
        cached(21);
        cached(22);
        cache.close();
        cache = open(SIZE);
        assertThat(cache.used()).isEqualTo(SIZE).isEqualTo(sizeOfFiles());
    }

    @Test
    void whatACrashHasLeftUnfinishedIsRemoved() throws Exception {
        cache.close();
        Files.write(root.resolve("filling").resolve("0".repeat(64)), new byte[SIZE]);
        cache = open(4L * SIZE);
        assertThat(sizeOfFiles()).isZero();
    }

    @Test
    void anotherFileIsLeftAlone() throws Exception {
        cache.close();
        Path other = Files.writeString(root.resolve("blobs/README"), "a file");
        cache = open(4L * SIZE);
        assertThat(cache.used()).isZero();
        assertThat(other).exists();
    }

    @Test
    void aDirectoryThatIsUsedIsRejected() {
        assertThatThrownBy(() -> open(SIZE)).isInstanceOf(IOException.class).hasMessageContaining("another process");
    }
}
