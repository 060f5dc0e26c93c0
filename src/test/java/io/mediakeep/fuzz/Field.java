package io.mediakeep.fuzz;

/**
 * A number in a binary input, such as a size, a count or an offset.
 *
 * @param offset of its first byte
 * @param bytes how many it has, 1 to 8
 * @param littleEndian whether its least significant byte comes first
 */
public record Field(int offset, int bytes, boolean littleEndian) {

    /** Writes the low bytes of a value; bytes past the end of the input are omitted. */
    void write(byte[] input, long value) {
        for (int i = 0; i < bytes && offset + i < input.length; i++) {
            int shift = 8 * (littleEndian ? i : bytes - 1 - i);
            input[offset + i] = (byte) (value >>> shift);
        }
    }
}
