package io.mediakeep.federation;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.outbound.http.OutboundResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;

/** The headers of a file, of a part or of a whole response. */
record PartHeaders(Function<String, Optional<String>> values) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    static PartHeaders of(OutboundResponse response) {
        return new PartHeaders(response::header);
    }

    /** The {@code Content-Type}. */
    ContentType contentType() {
        return values.apply("Content-Type").map(ContentType::parse).orElse(ContentType.OCTET_STREAM);
    }

    /** The {@code Content-Length}. */
    OptionalLong size() {
        Optional<String> digits = values.apply("Content-Length").filter(text -> text.matches("[0-9]{1,18}"));
        return digits.map(text -> OptionalLong.of(Long.parseLong(text))).orElseGet(OptionalLong::empty);
    }

    /** The location of the file, if it is elsewhere. */
    Optional<String> location() {
        return value("Location");
    }

    /** The file name in {@code Content-Disposition}: quoted, as a token, extended (RFC 8187), or in raw UTF-8. */
    Optional<String> fileName() {
        return value("Content-Disposition").flatMap(PartHeaders::fileName);
    }

    private Optional<String> value(String name) {
        return values.apply(name).map(PartHeaders::withoutControls);
    }

    /**
     * A value with spaces for control characters: they are not permitted (RFC 9110, section 5.5), and the MIME parser
     * throws various exceptions for line breaks.
     */
    static String withoutControls(String value) {
        return CONTROL.matcher(value).replaceAll(" ").strip();
    }

    private static Optional<String> fileName(String disposition) {
        MimeParameterMapping parameters = new MimeParameterMapping();
        RawField field = new RawField("Content-Disposition", utf8(disposition));
        for (NameValuePair pair : RawFieldParser.DEFAULT.parseRawBody(field).getParams()) {
            parameters.addParameter(pair.getName(), String.valueOf(pair.getValue()));
        }
        return Optional.ofNullable(parameters.get("filename"));
    }

    /** Headers are decoded as ISO-8859-1; valid UTF-8 is decoded again. */
    private static String utf8(String header) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(header));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException neither) {
            return header;
        }
    }
}
