package io.mediakeep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.LogCapture;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSpaceTest {
    private static final long MIB = 1 << 20;

    private final Disk disk = new Disk();

    @ParameterizedTest
    @CsvSource({"64, 8", "1024, 128", "10000, 256", "100000, 1000", "1000000, 5120"})
    void theReserveDependsOnTheSizeOfTheFileSystem(long totalMib, long reserveMib) {
        assertThat(StorageSettings.DEFAULTS.reserveOf(totalMib * MIB)).isEqualTo(reserveMib * MIB);
    }

    @Test
    void uploadsAreRejectedBelowTheReserveUntilAQuarterMoreIsFree() {
        FreeSpace space = space(1);
        assertThatCode(() -> space.require(0)).doesNotThrowAnyException();
        disk.free = 7 * MIB;
        space.measure();
        assertRejected(space, 0);
        disk.free = 9 * MIB;
        space.measure();
        assertRejected(space, 0);
        disk.free = 10 * MIB;
        space.measure();
        assertThat(space.isLow()).isFalse();
        disk.free = 9 * MIB;
        space.measure();
        assertThat(space.isLow()).isFalse();
    }

    @Test
    void anUploadThatWouldUseTheReserveIsRejected() {
        FreeSpace space = space(1);
        assertThatCode(() -> space.require(12 * MIB)).doesNotThrowAnyException();
        assertRejected(space, 12 * MIB + 1);
        assertRejected(space, Long.MAX_VALUE);
    }

    @Test
    void anUploadThatIsWrittenTwiceNeedsTwiceTheSpace() {
        FreeSpace space = space(2);
        assertThatCode(() -> space.require(6 * MIB)).doesNotThrowAnyException();
        assertRejected(space, 6 * MIB + 1);
        space.written(3 * MIB);
        assertRejected(space, 3 * MIB + 1);
    }

    @Test
    void theDiskOfTheDatabaseNeedsNoSpaceForUploads() {
        FreeSpace space = space(0);
        assertThatCode(() -> space.require(1000 * MIB)).doesNotThrowAnyException();
        disk.free = 7 * MIB;
        space.measure();
        assertRejected(space, 0);
    }

    @Test
    void runningUploadsMayUseHalfOfTheReserveBetweenTwoChecks() {
        FreeSpace space = space(1);
        space.written(16 * MIB);
        assertThatExceptionOfType(MatrixException.class).isThrownBy(() -> space.written(1));
        space.measure(); // the bytes were never written
        assertThatCode(() -> space.written(1)).doesNotThrowAnyException();
    }

    @Test
    void lowAndSufficientSpaceAreLoggedOnceEach() {
        FreeSpace space = space(1);
        try (LogCapture log = new LogCapture()) {
            disk.free = MIB;
            space.measure();
            space.measure();
            disk.free = 20 * MIB;
            space.measure();
            space.measure();
            assertThat(log.text())
                    .containsOnlyOnce("/test has only 1 MiB of free space")
                    .containsOnlyOnce("/test has 20 MiB of free space");
        }
    }

    @Test
    void anUnreadableFileSystemKeepsItsState() {
        FreeSpace space = space(1);
        disk.broken = true;
        space.measure();
        assertThat(space.states()).containsExactly(new SpaceState("/test", 20 * MIB, 8 * MIB, false));
    }

    private FreeSpace space(int copies) {
        return FreeSpace.on(Map.of(disk, copies), StorageSettings.DEFAULTS);
    }

    private static void assertRejected(FreeSpace space, long size) {
        assertThatExceptionOfType(MatrixException.class)
                .isThrownBy(() -> space.require(size))
                .matches(exception -> exception.status() == 507)
                .matches(exception -> exception.retryAfter().isPresent());
    }

    /** A file system of 64 MiB, of which 20 are free. */
    private static final class Disk extends FileStore {
        private long free = 20 * MIB;
        private boolean broken;

        @Override
        public long getUsableSpace() throws IOException {
            if (broken) {
                throw new IOException("Input/output error");
            }
            return free;
        }

        @Override
        public long getTotalSpace() {
            return 64 * MIB;
        }

        @Override
        public String toString() {
            return "/test";
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public String type() {
            return "test";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getUnallocatedSpace() {
            return free;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return false;
        }

        @Override
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            return null;
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException();
        }
    }
}
