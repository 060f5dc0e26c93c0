package io.mediakeep.thumbnail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.fuzz.Field;
import io.mediakeep.thumbnail.image.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Offsets of the sizes, counts and offsets in a valid image file, for mutations. */
final class ImageFileFields {
    private static final int HEADER = 64;

    private final byte[] file;
    private final List<Field> fields = new ArrayList<>();

    private ImageFileFields(byte[] file) {
        this.file = file;
    }

    static List<Field> of(byte[] file) {
        ImageFileFields found = new ImageFileFields(file);
        Optional<ImageFormat> format = ImageFormat.of(file);
        if (format.equals(Optional.of(ImageFormat.PNG))) {
            found.chunks(8, false, 8, 12);
        } else if (format.equals(Optional.of(ImageFormat.WEBP))) {
            found.chunks(12, true, 8, 8);
        } else if (format.equals(Optional.of(ImageFormat.JPEG))) {
            found.segments();
        } else if (format.equals(Optional.of(ImageFormat.GIF))) {
            found.frames();
        } else {
            found.numbers(2, HEADER, true);
        }
        return found.fields;
    }

    /** Numbers of one, two and four bytes at every offset of a range. */
    private void numbers(int from, int to, boolean littleEndian) {
        for (int at = from; at < Math.min(to, file.length); at++) {
            fields.add(new Field(at, 1, littleEndian));
            fields.add(new Field(at, 2, littleEndian));
            fields.add(new Field(at, 4, littleEndian));
        }
    }

    /** The lengths of chunks, and the numbers at the start of their data. */
    private void chunks(int first, boolean littleEndian, int header, int around) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = first;
        while (at >= first && at + header <= file.length) {
            int length = bytes.getInt(at + (littleEndian ? 4 : 0));
            fields.add(new Field(at + (littleEndian ? 4 : 0), 4, littleEndian));
            numbers(at + header, at + header + Math.min(length, 24), littleEndian);
            at += around + length + (littleEndian ? length & 1 : 0);
        }
    }

    private void segments() {
        for (int at = 2; at + 4 <= file.length && file[at] == (byte) 0xff; ) {
            int length = ByteBuffer.wrap(file).getShort(at + 2) & 0xffff;
            fields.add(new Field(at + 2, 2, false));
            numbers(at + 4, at + 4 + Math.min(length, 24), false);
            at += 2 + length;
        }
    }

    private void frames() {
        numbers(6, 13, true);
        String text = new String(file, ISO_8859_1);
        for (int at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
            numbers(at + 1, at + 12, true);
        }
    }
}
