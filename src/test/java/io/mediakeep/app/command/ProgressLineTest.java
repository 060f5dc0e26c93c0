package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final MutableClock clock = new MutableClock();

    @Test
    void onATerminalOtherOutputAppearsAboveTheProgress() {
        PrintStream before = System.out;
        PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
        System.setOut(terminal);
        try {
            try (ProgressLine line = new ProgressLine(new PrintWriter(screen, true), true, clock)) {
                line.show("1 of 2");
                System.out.print("log\n");
                line.show("2 of 2");
            }
            assertThat(System.out).isSameAs(terminal);
        } finally {
            System.setOut(before);
        }
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K1 of 2\r\u001b[Klog\n\r\u001b[K2 of 2\r\u001b[K");
    }

    @Test
    void elsewhereThereIsALineEveryTenSeconds() {
        PrintStream before = System.out;
        try (ProgressLine line = new ProgressLine(new PrintWriter(screen, true), false, clock)) {
            assertThat(System.out).isSameAs(before);
            for (int second = 0; second < 25; second++) {
                line.show("second " + second);
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(screen.toString(StandardCharsets.UTF_8).lines()).containsExactly("second 10", "second 20");
    }
}
