package io.mediakeep.thumbnail.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.jpeg.JpegHeader.Segment;
import org.junit.jupiter.api.Test;

class JpegTablesTest {
    /** 780 segments full of tables would hold 51 MB. */
    @Test
    void onlyTheLastTableOfEachNumberIsStored() throws CorruptImageException {
        JpegTables tables = new JpegTables();
        for (int segment = 0; segment < 780; segment++) {
            byte[] empty = new byte[65_518];
            for (int table = 0; table < empty.length / 17; table++) {
                empty[17 * table] = (byte) (table % 4 | (table % 8 < 4 ? 0 : 0x10));
            }
            tables.take(new Segment(JpegHeader.DHT, empty));
        }
        assertThat(tables.huffmanTables()).hasSize(8).allMatch(table -> table.data().length == 17);
    }

    @Test
    void aTableBeyondItsSegmentIsRejected() {
        byte[] cut = new byte[17];
        cut[16] = 1;
        for (Segment segment : new Segment[] {new Segment(JpegHeader.DHT, cut), new Segment(JpegHeader.DQT, cut)}) {
            assertThatThrownBy(() -> new JpegTables().take(segment)).isInstanceOf(CorruptImageException.class);
        }
    }
}
