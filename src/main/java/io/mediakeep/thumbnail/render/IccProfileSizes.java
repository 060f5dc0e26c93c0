package io.mediakeep.thumbnail.render;

import java.nio.ByteBuffer;

/**
 * Checks the sizes that an ICC profile declares (ICC.1:2022, sections 7 and 10). Little CMS, which the JDK converts
 * colours with, allocates tables by their declared numbers of points, up to hundreds of megabytes outside the heap,
 * before it reads them; so a profile is used only when its length has room for all that it declares.
 */
final class IccProfileSizes {
    private static final int TAG_TABLE = 128;
    private static final int TAG = 12;
    private static final int MAX_TAGS = 100;
    private static final int MAX_CHANNELS = 16;
    private static final int CURVE = 0x63757276; // curv
    private static final int LUT_8_BIT = 0x6d667431; // mft1
    private static final int LUT_16_BIT = 0x6d667432; // mft2
    private static final int LUT_TO_PCS = 0x6d414220; // mAB
    private static final int LUT_FROM_PCS = 0x6d424120; // mBA

    private final ByteBuffer profile;

    private IccProfileSizes(byte[] profile) {
        this.profile = ByteBuffer.wrap(profile);
    }

    /** Whether a profile is as long as it declares, and has room for all of its tables. */
    static boolean fit(byte[] profile) {
        try {
            return new IccProfileSizes(profile).fit();
        } catch (IndexOutOfBoundsException tooShort) {
            return false;
        }
    }

    private boolean fit() {
        int tags = profile.getInt(TAG_TABLE);
        boolean fits = unsigned(0) <= profile.capacity() && tags >= 0 && tags <= MAX_TAGS;
        for (int tag = 0; fits && tag < tags; tag++) {
            int entry = TAG_TABLE + 4 + TAG * tag;
            long start = unsigned(entry + 4);
            long size = unsigned(entry + 8);
            fits = start + size <= profile.capacity() && needed((int) start) <= size;
        }
        return fits;
    }

    private long unsigned(int at) {
        return profile.getInt(at) & 0xffff_ffffL;
    }

    /** The least number of bytes that the table of a tag takes. */
    private long needed(int start) {
        return switch (profile.getInt(start)) {
            case CURVE -> Short.BYTES * unsigned(start + 8);
            case LUT_8_BIT -> points(start, start + 10, 0);
            case LUT_16_BIT -> Short.BYTES * points(start, start + 10, 0);
            case LUT_TO_PCS, LUT_FROM_PCS -> {
                int grid = profile.getInt(start + 24);
                yield grid == 0 ? 0 : points(start, start + grid, 1);
            }
            default -> 0;
        };
    }

    /**
     * The number of points in a grid with one dimension for each input channel.
     *
     * @param grid the offset of the number of points in the first dimension
     * @param step the distance from there to the number for the next dimension
     */
    private long points(int start, int grid, int step) {
        long points = profile.get(start + 9) & 0xff;
        int channels = Math.min(MAX_CHANNELS, profile.get(start + 8));
        for (int channel = 0; channel < channels && points <= profile.capacity(); channel++) {
            points *= profile.get(grid + step * channel) & 0xff;
        }
        return points;
    }
}
