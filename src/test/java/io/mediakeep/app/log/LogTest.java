package io.mediakeep.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** The log as configured by logback.xml, written into memory. */
class LogTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger log = context.getLogger("io.mediakeep.Test");
    private RepetitionFilter filter;

    @BeforeEach
    void configure() throws Exception {
        context.setMDCAdapter(MDC.getMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
        OutputStreamAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) Objects.requireNonNull(
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console"));
        console.setOutputStream(written);
        filter = (RepetitionFilter) console.getCopyOfAttachedFiltersList().get(0);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void untrustedTextIsEscapedInLogLines() {
        log.info(
                "{} says {}",
                "\u001b[31mred\u001b[0m\u0007",
                "a\r\nb\u0085c\u2028d\u202Ee\u007f\u009bf\ud83d \u5317\ud83d\ude00");
        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith(
                        " INFO  Test - \\u001b[31mred\\u001b[0m\\u0007 says a\\u000d\\u000ab\\u0085c\\u2028d\\u202ee\\u007f\\u009bf\\ud83d"
                                + " \u5317\ud83d\ude00");
    }

    @Test
    void exceptionMessagesAreEscapedInLogLines() {
        Exception cause = new IllegalStateException("x\n2026-01-01 INFO forged");
        Exception failure = new Exception("a\u001b[2Jb", cause);
        failure.addSuppressed(new Exception("y\rz"));
        log.warn("failed", failure);
        assertThat(lines())
                .contains("java.lang.Exception: a\\u001b[2Jb")
                .contains("Caused by: java.lang.IllegalStateException: x\\u000a2026-01-01 INFO forged")
                .contains("\tSuppressed: java.lang.Exception: y\\u000dz")
                .anyMatch(line -> line.startsWith("\tat io.mediakeep.app.log.LogTest."));
    }

    @Test
    void repeatedLinesOfOneFormatAreSummarised() {
        for (int i = 0; i < 20_000; i++) {
            log.warn("{} does not answer", "host" + i);
        }
        log.warn("something else");
        assertThat(lines()).hasSize(201).last().asString().endsWith("something else");
        filter.endPeriod();
        assertThat(lines())
                .hasSize(202)
                .last()
                .asString()
                .endsWith(" WARN  Test - 19800 more lines like \"{} does not answer\" were omitted");
        filter.endPeriod();
        assertThat(lines()).hasSize(202);
        log.warn("{} does not answer", "host");
        assertThat(lines()).hasSize(203);
    }

    @Test
    void linesOfManyFormatsAreSummarisedTogether() {
        for (int i = 0; i < 20_000; i++) {
            log.warn("host" + i + " does not answer");
        }
        assertThat(lines()).hasSize(1200);
        filter.endPeriod();
        assertThat(lines()).hasSize(1201).last().asString().contains("18800 more lines like \"(various)\"");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
