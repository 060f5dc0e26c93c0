package io.mediakeep.federation.signing;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Canonical JSON, the form that is signed (Matrix specification, appendices, "Canonical JSON"): no white space, names
 * sorted by code point, the shortest escapes, and integers only, within the range that is exact in double precision.
 */
public final class CanonicalJson {
    private static final long MAX_INTEGER = (1L << 53) - 1;
    private static final int MAX_DIGITS = 16;

    /** UTF-8 sorts by code point, UTF-16 does not. */
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other));

    private final StringBuilder text = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The value in UTF-8.
     *
     * @throws IllegalArgumentException when it has no canonical form: a fraction, an integer beyond 2<sup>53</sup>-1 on
     *     either side of zero, or a string that is not Unicode
     */
    public static byte[] bytes(JsonValue value) {
        CanonicalJson json = new CanonicalJson();
        json.write(value);
        return utf8(json.text);
    }

    private void write(JsonValue value) {
        if (value instanceof JsonObject object) {
            writeObject(object);
        } else if (value instanceof JsonArray array) {
            writeArray(array);
        } else if (value instanceof JsonString string) {
            writeString(string.getString());
        } else if (value instanceof JsonNumber number) {
            text.append(integer(number));
        } else {
            text.append(value); // true, false, null
        }
    }

    private void writeObject(JsonObject object) {
        List<String> names = object.keySet().stream().sorted(BY_CODE_POINT).toList();
        char separator = '{';
        for (String name : names) {
            text.append(separator);
            writeString(name);
            text.append(':');
            write(object.getOrDefault(name, JsonValue.NULL));
            separator = ',';
        }
        text.append(names.isEmpty() ? "{}" : "}");
    }

    private void writeArray(JsonArray array) {
        char separator = '[';
        for (JsonValue element : array) {
            text.append(separator);
            write(element);
            separator = ',';
        }
        text.append(array.isEmpty() ? "[]" : "]");
    }

    private void writeString(String string) {
        text.append('"');
        string.chars().forEach(unit -> writeUnit((char) unit));
        text.append('"');
    }

    private void writeUnit(char unit) {
        switch (unit) {
            case '"', '\\' -> text.append('\\').append(unit);
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> text.append(unit < ' ' ? String.format("\\u%04x", (int) unit) : String.valueOf(unit));
        }
    }

    /** 1e10 is an integer, 1.0 is none; 1e999999999 must not be expanded to find that it is too large. */
    private static long integer(JsonNumber number) {
        BigDecimal exact = number.bigDecimalValue();
        if (exact.scale() > 0) {
            throw new IllegalArgumentException("canonical JSON has integers only");
        }
        boolean small = (long) exact.precision() - exact.scale() <= MAX_DIGITS || exact.signum() == 0;
        long integer = small ? exact.longValue() : Long.MAX_VALUE;
        if (integer < -MAX_INTEGER || integer > MAX_INTEGER) {
            throw new IllegalArgumentException("canonical JSON has no integer that large");
        }
        return integer;
    }

    private static byte[] utf8(CharSequence characters) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException halfASurrogatePair) {
            throw new IllegalArgumentException("canonical JSON is Unicode", halfASurrogatePair);
        }
    }
}
