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

/** What headers say of a file, whether they are those of a part or of a whole answer. */
record PartHeaders(Function<String, Optional<String>> values) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    static PartHeaders of(OutboundResponse answer) {
        return new PartHeaders(answer::header);
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

    /** Where the file is instead. */
    Optional<String> location() {
        return value("Location");
    }

    /** The file name in {@code Content-Disposition}: quoted, bare, extended (RFC 8187), or in bare UTF-8 as some send it. */
    Optional<String> fileName() {
        return value("Content-Disposition").flatMap(PartHeaders::fileName);
    }

    private Optional<String> value(String name) {
        return values.apply(name).map(PartHeaders::withoutControls);
    }

    /**
     * A value with blanks for control characters: they have no place in one (RFC 9110, section 5.5), and the MIME parser
     * throws various exceptions where it meets line breaks.
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

    /** Header bytes come as Latin-1; what was UTF-8 all the same becomes it again. */
    private static String utf8(String header) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(header));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException neither) {
            return header;
        }
    }
}
