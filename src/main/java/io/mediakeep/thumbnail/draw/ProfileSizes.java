package io.mediakeep.thumbnail.draw;

import java.nio.ByteBuffer;

/**
 * The sizes that an ICC profile claims (ICC.1:2022, sections 7 and 10). Little CMS, which the JDK converts colours with,
 * allocates tables by their claimed numbers of points, up to hundreds of megabytes outside the heap, before it reads
 * them; so a profile is used only when all that it claims can be in it.
 */
final class ProfileSizes {
    private static final int TAG_TABLE = 128;
    private static final int TAG = 12;
    private static final int MAX_TAGS = 100;
    private static final int MAX_CHANNELS = 16;
    private static final int CURVE = 0x63757276; // curv
    private static final int LUT_OF_BYTES = 0x6d667431; // mft1
    private static final int LUT_OF_SHORTS = 0x6d667432; // mft2
    private static final int LUT_TO_PCS = 0x6d414220; // mAB
    private static final int LUT_FROM_PCS = 0x6d424120; // mBA

    private final ByteBuffer profile;

    private ProfileSizes(byte[] profile) {
        this.profile = ByteBuffer.wrap(profile);
    }

    /** Whether a profile is as large as it claims to be, and all of its tables fit into it. */
    static boolean fit(byte[] profile) {
        try {
            return new ProfileSizes(profile).fit();
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

    /** How many bytes the table of a tag needs at least. */
    private long needed(int start) {
        return switch (profile.getInt(start)) {
            case CURVE -> Short.BYTES * unsigned(start + 8);
            case LUT_OF_BYTES -> points(start, start + 10, 0);
            case LUT_OF_SHORTS -> Short.BYTES * points(start, start + 10, 0);
            case LUT_TO_PCS, LUT_FROM_PCS -> {
                int grid = profile.getInt(start + 24);
                yield grid == 0 ? 0 : points(start, start + grid, 1);
            }
            default -> 0;
        };
    }

    /**
     * The numbers in a grid of as many dimensions as there are channels coming in.
     *
     * @param grid where it stands how many points there are in a dimension
     * @param step how far from there it stands for the next dimension
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
