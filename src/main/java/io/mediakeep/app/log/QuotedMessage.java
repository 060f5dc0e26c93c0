package io.mediakeep.app.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code %quoted}: the message of an event, in which characters that could end the line, control a terminal or change
 * the direction of text are escaped like {@code \}{@code u001b}. Parts of messages come from clients and other servers.
 */
public final class QuotedMessage extends MessageConverter {
    /** Control (C0, DEL, C1) and format characters, line and paragraph separators, lone surrogates. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    @Override
    public String convert(ILoggingEvent event) {
        return quoted(super.convert(event));
    }

    static String quoted(String text) {
        return UNSAFE.matcher(text)
                .replaceAll(unsafe -> unsafe.group()
                        .chars()
                        .mapToObj(unit -> String.format(Locale.ROOT, "\\\\u%04x", unit))
                        .collect(Collectors.joining()));
    }
}
