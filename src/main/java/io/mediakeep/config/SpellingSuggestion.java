package io.mediakeep.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant, by edit distance (Levenshtein). */
final class SpellingSuggestion {
    /** The number of letters per permitted mistake. */
    private static final int LETTERS_PER_MISTAKE = 4;

    private SpellingSuggestion() {}

    /** The word nearest to {@code typed}, when it is near enough. */
    static Optional<String> of(String typed, Collection<String> words) {
        int mistakes = Math.max(1, typed.length() / LETTERS_PER_MISTAKE);
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .filter(word -> distance(typed, word) <= mistakes);
    }

    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = next(above, row, from.charAt(row - 1), to);
        }
        return above[to.length()];
    }

    private static int[] next(int[] above, int row, char letter, String to) {
        int[] line = new int[above.length];
        line[0] = row;
        for (int column = 1; column < line.length; column++) {
            int replaced = above[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
            line[column] = Math.min(replaced, Math.min(above[column], line[column - 1]) + 1);
        }
        return line;
    }
}
