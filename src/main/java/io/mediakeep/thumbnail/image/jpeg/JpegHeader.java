package io.mediakeep.thumbnail.image.jpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.SourceImage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Parses the segments of a JPEG file before its first scan (ITU-T T.81, annex B). */
final class JpegHeader {
    static final int DHT = 0xc4;
    static final int SOI = 0xd8;
    static final int EOI = 0xd9;
    static final int SOS = 0xda;
    static final int DQT = 0xdb;
    static final int DRI = 0xdd;
    static final int APP0 = 0xe0;

    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int PROGRESSIVE = 0xc2;
    private static final int MAX_SEGMENTS = 1000;

    private final JpegTables tables = new JpegTables();
    private final Map<Integer, Part> profileParts = new TreeMap<>();
    private @Nullable Segment adobe;
    private @Nullable Segment restarts;
    private boolean jfif;
    private Orientation orientation = Orientation.UPRIGHT;
    private @Nullable Segment frame;
    private long scans;
    private int componentsInFirstScan;

    /** The next marker; invalid bytes before it are skipped, as other decoders do. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Segment(int marker, byte[] data) {

        /** The segment as in a file. */
        byte[] bytes() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0xff);
            out.write(marker);
            out.write((data.length + 2) >> 8);
            out.write(data.length + 2);
            out.writeBytes(data);
            return out.toByteArray();
        }

        int at(int index) throws CorruptImageException {
            if (index >= data.length) {
                throw new CorruptImageException("a JPEG segment is too short");
            }
            return data[index] & 0xff;
        }

        private boolean begins(String name) {
            byte[] wanted = name.getBytes(ISO_8859_1);
            return data.length >= wanted.length && Arrays.equals(wanted, 0, wanted.length, data, 0, wanted.length);
        }
    }

    /** The position of a part of the ICC profile. */
    private record Part(long start, int length) {}

    private JpegHeader() {}

    /** Parses the segments up to the first scan. */
    static JpegHeader read(ImageInputStream in) throws IOException {
        JpegHeader header = new JpegHeader();
        in.seek(2);
        for (int count = 0; header.scans == 0; count++) {
            if (count == MAX_SEGMENTS) {
                throw new CorruptImageException("too many JPEG segments");
            }
            long start = in.getStreamPosition();
            header.take(start, marker(in), in);
        }
        if (header.frame == null) {
            throw new CorruptImageException("a JPEG without a frame");
        }
        return header;
    }

    /** The next marker; garbage before it is passed over, as other decoders do. */
    private static int marker(ImageInputStream in) throws IOException {
        try {
            int last = in.readUnsignedByte();
            int marker = in.readUnsignedByte();
            while (last != 0xff || marker == 0xff || marker == 0) {
                last = marker;
                marker = in.readUnsignedByte();
            }
            return marker;
        } catch (EOFException end) {
            throw new CorruptImageException("a JPEG without a scan");
        }
    }

    private void take(long start, int marker, ImageInputStream in) throws IOException {
        if (marker == EOI) {
            throw new CorruptImageException("a JPEG without an image");
        }
        if (marker == SOI || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            return; // stands alone
        }
        int length = Math.max(0, in.readUnsignedShort() - 2);
        long data = in.getStreamPosition();
        if (isNeeded(marker)) {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            take(new Segment(marker, bytes), start, data);
        }
        in.seek(data + length);
    }

    private static boolean isNeeded(int marker) {
        return switch (marker) {
            case SOS, DQT, DHT, DRI, APP0, APP1, APP2, APP14 -> true;
            default -> isFrame(marker);
        };
    }

    private void take(Segment segment, long start, long data) throws CorruptImageException {
        switch (segment.marker) {
            case SOS -> {
                scans = start;
                componentsInFirstScan = segment.at(0);
            }
            case DQT, DHT -> tables.take(segment);
            case DRI -> restarts = segment;
            case APP0 -> jfif |= segment.begins("JFIF\0");
            case APP1 -> takeExif(segment);
            case APP2 -> takeProfile(segment, data);
            case APP14 -> adobe = isAdobe(segment) ? segment : adobe;
            default -> takeFrame(segment);
        }
    }

    private void takeExif(Segment segment) {
        if (segment.begins("Exif\0\0")) {
            orientation = Orientation.inExif(Arrays.copyOfRange(segment.data, 6, segment.data.length));
        }
    }

    private void takeProfile(Segment segment, long data) {
        int before = 14;
        if (segment.begins("ICC_PROFILE\0") && segment.data.length > before) {
            profileParts.putIfAbsent(segment.data[12] & 0xff, new Part(data + before, segment.data.length - before));
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != DHT && marker != 0xc8 && marker != 0xcc;
    }

    private void takeFrame(Segment segment) throws CorruptImageException {
        if (frame != null || segment.marker > PROGRESSIVE || segment.at(0) != 8) {
            throw new CorruptImageException("a kind of JPEG that is not read");
        }
        int components = segment.at(5);
        segment.at(5 + 3 * components);
        if (components < 1 || components > 4 || components == 2) {
            throw new CorruptImageException("a JPEG with " + components + " components");
        }
        frame = segment;
    }

    private static boolean isAdobe(Segment segment) {
        return segment.begins("Adobe") && segment.data.length >= 12;
    }

    /** The frame header (SOF). */
    Segment frame() {
        if (frame == null) {
            throw new IllegalStateException("not read");
        }
        return frame;
    }

    /** The offset of the first scan. */
    long scans() {
        return scans;
    }

    /** The tables before the first scan. */
    JpegTables tables() {
        return tables;
    }

    /** The restart interval (DRI), if there is one. */
    Optional<Segment> restarts() {
        return Optional.ofNullable(restarts);
    }

    /** The Adobe segment (APP14), if there is one. */
    Optional<Segment> adobe() {
        return Optional.ofNullable(adobe);
    }

    /**
     * Whether Adobe's segment, if there is one, declares luma and colour differences: YCbCr with three samples, YCCK
     * with four, whichever it names.
     */
    Optional<Boolean> adobeTransform() {
        return adobe().map(segment -> segment.data[11] != 0);
    }

    /** Whether there is a JFIF segment. */
    boolean jfif() {
        return jfif;
    }

    Orientation orientation() {
        return orientation;
    }

    /** Whether it is a progressive JPEG (SOF2). */
    boolean progressive() {
        return frame().marker == PROGRESSIVE;
    }

    /** Whether there are several scans, so that all must be read before a row is complete. */
    boolean severalScans() {
        return progressive() || componentsInFirstScan < components();
    }

    /** 1, 3 or 4. */
    int components() {
        return frame().data[5] & 0xff;
    }

    int width() {
        return number(3);
    }

    int height() {
        return number(1);
    }

    private int number(int index) {
        byte[] data = frame().data;
        return ((data[index] & 0xff) << 8) | (data[index + 1] & 0xff);
    }

    /** The identifier of a component, one byte. */
    int id(int component) {
        return frame().data[6 + 3 * component] & 0xff;
    }

    /** The horizontal sampling factor of a component, 1 to 15. */
    int columns(int component) {
        return Math.max(1, (frame().data[7 + 3 * component] >> 4) & 0xf);
    }

    /** The vertical sampling factor of a component, 1 to 15. */
    int rows(int component) {
        return Math.max(1, frame().data[7 + 3 * component] & 0xf);
    }

    /** The quantization table of a component. */
    int table(int component) {
        return frame().data[8 + 3 * component] & 0xff;
    }

    /** The size of the ICC profile, 0 for none or one above the limit. */
    int profileBytes() {
        int length = profileParts.values().stream().mapToInt(Part::length).sum();
        return length <= SourceImage.MAX_PROFILE_BYTES ? length : 0;
    }

    /** The ICC profile, joined from its parts. */
    Optional<byte[]> profile(ImageInputStream in) throws IOException {
        byte[] profile = new byte[profileBytes()];
        int done = 0;
        for (Part part : profile.length == 0 ? List.<Part>of() : List.copyOf(profileParts.values())) {
            in.seek(part.start);
            in.readFully(profile, done, part.length);
            done += part.length;
        }
        return Optional.of(profile).filter(bytes -> bytes.length > 0);
    }
}
