package io.mediakeep.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final ByteRange.Selection WHOLE = new ByteRange.Selection.Whole();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0     | 0  | 1  | bytes 0-0/10",
                "bytes=0-9     | 0  | 10 | bytes 0-9/10",
                "bytes=0-      | 0  | 10 | bytes 0-9/10",
                "bytes=3-5     | 3  | 3  | bytes 3-5/10",
                "bytes=9-9     | 9  | 1  | bytes 9-9/10",
                "bytes=9-      | 9  | 1  | bytes 9-9/10",
                "bytes=5-10    | 5  | 5  | bytes 5-9/10",
                "bytes=5-999999999999999999 | 5 | 5 | bytes 5-9/10",
                "bytes=-1      | 9  | 1  | bytes 9-9/10",
                "bytes=-5      | 5  | 5  | bytes 5-9/10",
                "bytes=-10     | 0  | 10 | bytes 0-9/10",
                "bytes=-11     | 0  | 10 | bytes 0-9/10",
                "bytes=-999999999999999999 | 0 | 10 | bytes 0-9/10",
                "bytes=007-008 | 7  | 2  | bytes 7-8/10",
                "Bytes=3-5     | 3  | 3  | bytes 3-5/10",
                "BYTES=3-      | 3  | 7  | bytes 3-9/10",
                "bytes= 3-5    | 3  | 3  | bytes 3-5/10"
            })
    void oneRangeIsSelected(String header, long start, long length, String contentRange) {
        ByteRange range = new ByteRange(start, length);
        assertThat(ByteRange.select(header, 10)).isEqualTo(new ByteRange.Selection.Part(range));
        assertThat(range.of(10)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-10", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"})
    void aRangeBeyondTheEndIsUnsatisfiable(String header) {
        assertThat(ByteRange.select(header, 10)).isEqualTo(new ByteRange.Selection.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"})
    void emptyContentHasNoRanges(String header) {
        assertThat(ByteRange.select(header, 0)).isEqualTo(new ByteRange.Selection.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=--1",
                "bytes=-1-",
                "bytes=1",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=0x1-2",
                "bytes=+1-2",
                "bytes=5-4",
                "bytes=1-0",
                "bytes=1.5-2",
                "bytes =0-1",
                "bytes: 0-1",
                "items=0-1",
                "none",
                "octets=0-1",
                "bytes=\u0661-\u0662",
                "bytes=1 - 2",
                "bytes 0-1/10",
                "bytes=0-1,3-4",
                "bytes=0-1, -1",
                "bytes=0-,0-,0-,0-",
                ",bytes=0-1",
                "bytes=,0-1",
                "bytes=0-1,",
                "bytes=9999999999999999999999-",
                "bytes=0-9999999999999999999999",
                "bytes=-9999999999999999999999",
                "bytes=0-1;q=1",
                "bytes=0-1bytes=2-3"
            })
    void severalOrInvalidRangesSelectTheWhole(String header) {
        assertThat(ByteRange.select(header, 10)).isEqualTo(WHOLE);
    }

    @Test
    void withoutAHeaderTheWholeIsSelected() {
        assertThat(ByteRange.select(null, 10)).isEqualTo(WHOLE);
        assertThat(ByteRange.select(null, 0)).isEqualTo(WHOLE);
    }

    @Test
    void sizesAre64BitsWide() {
        long size = Long.MAX_VALUE;
        assertThat(ByteRange.select("bytes=900000000000000000-", size))
                .isEqualTo(new ByteRange.Selection.Part(
                        new ByteRange(900_000_000_000_000_000L, size - 900_000_000_000_000_000L)));
        assertThat(ByteRange.select("bytes=-1", size))
                .isEqualTo(new ByteRange.Selection.Part(new ByteRange(size - 1, 1)));
    }
}
