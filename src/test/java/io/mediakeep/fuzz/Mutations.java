package io.mediakeep.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages an input at a few random positions. The same random numbers cause the same damage. */
final class Mutations {
    private static final int MAX_CONCURRENT = 4;
    private static final int MAX_RANGE = 512;
    private static final int MAX_REPETITIONS = 2000;
    private static final int MAX_INPUT = 1 << 20;

    private final RandomGenerator random;
    private final List<byte[]> corpus;
    private final List<byte[]> tokens;

    /**
     * Mutations of the inputs of a corpus.
     *
     * @param tokens texts to insert, if any
     */
    Mutations(RandomGenerator random, List<byte[]> corpus, List<byte[]> tokens) {
        this.random = random;
        this.corpus = corpus;
        this.tokens = tokens;
    }

    /** A damaged copy of an input with these number fields. */
    byte[] of(byte[] input, List<Field> fields) {
        byte[] damaged = input.clone();
        for (int i = fields.isEmpty() ? 0 : random.nextInt(MAX_CONCURRENT); i > 0; i--) {
            fields.get(random.nextInt(fields.size())).write(damaged, extreme(damaged.length));
        }
        for (int i = random.nextInt(MAX_CONCURRENT); i > 0; i--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] input) {
        int at = place(input);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> joined(input, at, new byte[0], 1, Math.min(input.length, at + length()));
            case 2 -> repeated(input, at);
            case 3 -> spliced(input, at);
            case 4 -> tokens.isEmpty() ? flipped(input) : joined(input, at, any(tokens), 1, at);
            case 5 -> withExtreme(input, at);
            default -> flipped(input);
        };
    }

    private byte[] withExtreme(byte[] input, int at) {
        new Field(at, 1 << random.nextInt(4), random.nextBoolean()).write(input, extreme(input.length));
        return input;
    }

    private byte[] flipped(byte[] input) {
        for (int i = input.length == 0 ? 0 : 1 + random.nextInt(MAX_CONCURRENT); i > 0; i--) {
            input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    private byte[] repeated(byte[] input, int at) {
        byte[] range = Arrays.copyOfRange(input, at, Math.min(input.length, at + length()));
        int times = 1 + random.nextInt(1 + random.nextInt(MAX_REPETITIONS));
        return joined(input, at, range, times, at);
    }

    private byte[] spliced(byte[] input, int at) {
        byte[] other = any(corpus);
        int from = place(other);
        byte[] range = Arrays.copyOfRange(other, from, Math.min(other.length, from + length()));
        return joined(input, at, range, 1, random.nextBoolean() ? at : Math.min(input.length, at + range.length));
    }

    /** The input up to one position, an insertion, and the input from another position on. */
    private static byte[] joined(byte[] input, int to, byte[] inserted, int times, int from) {
        long room = MAX_INPUT - (long) to - (input.length - from);
        int fitting = inserted.length == 0 ? 0 : (int) Math.max(0, Math.min(times, room / inserted.length));
        byte[] result = Arrays.copyOf(input, to + fitting * inserted.length + input.length - from);
        for (int i = 0; i < fitting; i++) {
            System.arraycopy(inserted, 0, result, to + i * inserted.length, inserted.length);
        }
        System.arraycopy(input, from, result, to + fitting * inserted.length, input.length - from);
        return result;
    }

    private byte[] any(List<byte[]> inputs) {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private int place(byte[] input) {
        return input.length == 0 ? 0 : random.nextInt(input.length);
    }

    private int length() {
        return 1 + random.nextInt(1 + random.nextInt(MAX_RANGE));
    }

    /** A number near a bound. */
    private long extreme(int length) {
        long one = 1L << random.nextInt(64);
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> one;
            case 3 -> one - 1;
            case 4 -> length + random.nextInt(-16, 17);
            default -> random.nextLong();
        };
    }
}
